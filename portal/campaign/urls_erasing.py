"""Address of the proof that a round's personal data were erased."""

from django.urls import path

from portal.campaign.views import erasing

app_name = "gameerasing"
urlpatterns = [
    path("<int:pk>/", erasing.proof, name="proof"),
]

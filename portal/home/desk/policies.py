"""Who may delete from the media library."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class MediaPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """As Wagtail's, except that changing a file does not imply deleting it.

    A picture that is gone leaves holes in pages of other people. So one deletes what one has uploaded oneself;
    the rest takes the right to delete, which administrators have.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "delete":
            return bool(self._check_perm(user, ["add", "delete"]))
        return bool(super().user_has_permission(user, action))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        others = set(actions) - {"delete"}
        if others and super().user_has_any_permission_for_instance(user, others, instance):
            return True
        if "delete" not in actions:
            return False
        is_own = getattr(instance, self.owner_field_name) == user
        needed = ["delete", "add"] if is_own else ["delete"]
        return bool(self._check_perm(user, needed, collection=instance.collection))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        if set(actions) != {"delete"} or not user.is_authenticated or user.is_superuser:
            return super().instances_user_has_any_permission_for(user, actions)
        anyones = Q(collection__in=self._collections_with_perm(user, ["delete"]))
        own = Q(collection__in=self._collections_with_perm(user, ["add"]), **{self.owner_field_name: user})
        return self.model._default_manager.filter(anyones | own)

"""The commune's numbers of days in sentences."""

from django import template

from portal.households.models import RegisterRules
from portal.households.selectors.rules import register_rules

register = template.Library()


@register.simple_tag
def rules() -> RegisterRules:
    """`{% rules as rule %}`, then `{{ rule.erase_days }}`."""
    return register_rules()

"""The role matrix as data: for every address, who may ever see something there (rows A1, must show 6).

Our own views name their guard; what a guard lets in stands in GUARDS. Wagtail's views are told by name, the first line
that fits counts. A route that fits nothing has no rule, and the walk fails.
"""

import re

from portal.home.desk.roles import ADMINISTRATOR, EDITOR, REVIEWER
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from tests.integration.gamework.test_access import MATRIX as REGISTER
from tests.routes import Route

ROLES = (EDITOR, REVIEWER, ADMINISTRATOR, OFFICER_GROUP, LEADER_GROUP, TEAM_GROUP)
EVERYBODY = frozenset({*ROLES, "no role", "anonymous"})
SIGNED_IN = frozenset({*ROLES, "no role"})
STAFF = frozenset(ROLES)
WRITERS = frozenset({EDITOR, REVIEWER, ADMINISTRATOR})
PUBLISHERS = frozenset({REVIEWER, ADMINISTRATOR})
KEEPERS = frozenset({ADMINISTRATOR})
_REGISTER_ROLES = {"officer": OFFICER_GROUP, "leader": LEADER_GROUP, "team_member": TEAM_GROUP, "editor": EDITOR}

GUARDS = {
    **{
        guard: EVERYBODY if guard == "public" else frozenset(_REGISTER_ROLES[role] for role in roles)
        for guard, roles in REGISTER.items()
    },
    "is_staff_member": SIGNED_IN,
    "can_keep_accounts": KEEPERS,
    "can_write_pages": WRITERS,
}

#: Public addresses without a guard of ours: pages, feeds, machines.
PUBLIC = {
    *("healthz", "readyz", "robots", "sitemap", "text_size", "search", "rss", "rss_section", "atom", "atom_section"),
    *("wagtaildocs_serve", "wagtaildocs_authenticate_with_password", "wagtailcore_authenticate_with_password"),
    *("offline_worker", "offline_shelf"),
    # Figures are for this machine alone; the view says so itself.
    *("wagtailcore_login", "wagtail_serve", "metrics"),
}
#: Nameless routes: files, front door, and what answers an unknown address.
NAMELESS = {
    "^media/(?P<path>.+)$": EVERYBODY,
    "quan-tri/": WRITERS,
    "quan-tri/test404/": frozenset(),
    "quan-tri/^.*/$": frozenset(),
}
#: On the way in: open to whoever stands there, at the state he stands in.
ON_THE_WAY = {
    *("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
    *("door:code", "door:set_up", "door:add_passkey"),
}
WAGTAIL = (
    (r"wagtailadmin_(login|logout|javascript_catalog|sprite)$|door:(code|set_up|add_passkey)$", EVERYBODY),
    (r"wagtailadmin_password_reset", frozenset()),
    (r"wagtailadmin_(account|dismissibles|tag_|choose_page\w*|editing_sessions)|wagtailadmin_api", STAFF),
    (r"(recording|wagtaildocs|wagtailimages)_chooser:create$", WRITERS | {OFFICER_GROUP}),
    (r"(recording|wagtaildocs|wagtailimages)_chooser:|wagtailembeds:", STAFF),
    (r"wagtailadmin_workflows:task_(chooser|chosen)|wagtail_bulk_action$|wagtailadmin_reports:site_history", STAFF),
    # These ask for a page first and look at the rights on it afterwards.
    (r"wagtailadmin_pages:(choose_parent|move_confirm|confirm_workflow_cancellation)$", STAFF),
    (
        r"wagtailadmin_pages:(unpublish|move|workflow_action|collect_workflow_action_data|set_privacy|delete)$"
        r"|page_approval$",
        PUBLISHERS,
    ),
    (r"wagtailadmin_pages:(revisions_unschedule|convert_alias)$|wagtailadmin_reports:locked_pages|alerts:", PUBLISHERS),
    (
        r"wagtailadmin_(home|explore|pages:|reports:|block_preview|error_test)|wagtailforms:|wagtailadmin_userbar",
        WRITERS,
    ),
    (r"(recordings|wagtaildocs|wagtailimages):delete$", KEEPERS),
    (r"wagtailimages:(index|add|add_multiple|index_results)$|questions:", WRITERS | {OFFICER_GROUP}),
    (r"(recordings|wagtaildocs|wagtailimages):", WRITERS),
    (r"reviews:(still_right|stuck_is_fine)$", WRITERS),
    (r"plain_words:", WRITERS),
    (r"review_limits:", PUBLISHERS),
    (r"holidays:", KEEPERS | {OFFICER_GROUP}),
    (
        r"wagtailadmin_(collections|workflows|workflow_tasks)|wagtail(redirects|settings|sites|users_users|users_groups):",
        KEEPERS,
    ),
    (r"villages:|wagtailsnippets|wagtailsearch", KEEPERS),
)


def rule_of(route: Route) -> frozenset[str] | None:
    """Who may ever see something at this route; None where nobody has said."""
    if route.guard:
        return GUARDS.get(route.guard)
    if not route.name:
        return NAMELESS.get(route.route)
    if not route.is_staff:
        return EVERYBODY if route.name in PUBLIC else None
    return next((roles for words, roles in WAGTAIL if re.match(words, route.name)), None)

"""Why a backup cannot be taken or brought back; every message is what the administrator reads."""


class BackupRefused(Exception):
    """Something is missing or in the way; nothing was written."""


class ArchiveRefused(BackupRefused):
    """The archive cannot be trusted or does not fit this site; nothing was overwritten."""


class ArchiveDamaged(ArchiveRefused):
    """A byte was changed, moved, added or lost."""


class WrongKey(ArchiveRefused):
    """BACKUP_KEY is not the key with which the archive was sealed."""

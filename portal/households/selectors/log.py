"""The log as its readers see it: one page, filtered by household code, person and action."""

from dataclasses import dataclass
from functools import cached_property

from portal.core.models import AuditEntry, User

PAGE_SIZE = 50

#: What each action is called on screen.
ACTIONS = {
    "account.close": "đóng tài khoản",
    "account.factor_off": "gỡ đăng nhập hai bước",
    "account.factor_on": "bật đăng nhập hai bước",
    "account.hand_over": "bàn giao việc của người nghỉ",
    "account.passkey_add": "thêm khóa truy cập",
    "account.passkey_copied": "từ chối khóa truy cập có dấu hiệu bị chép",
    "account.passkey_remove": "gỡ khóa truy cập",
    "account.passkey_use": "vào bằng khóa truy cập",
    "account.recovery_code": "vào bằng mã dự phòng",
    "account.sessions_end": "đăng xuất máy khác",
    "activity.correct": "sửa hoạt động của thôn",
    "activity.photo": "thêm ảnh hoạt động",
    "activity.photo_view": "xem ảnh hoạt động",
    "activity.record": "ghi hoạt động của thôn",
    "approval.approve": "duyệt việc cần hai người",
    "approval.ask": "đề nghị việc cần hai người",
    "approver.code": "đặt mã cho người duyệt qua đường dẫn",
    "approval.refuse": "không duyệt việc cần hai người",
    "award.hand": "trao giải",
    "award.miss": "ghi giải chưa đến nhận",
    "award.print": "in biên nhận giải thưởng",
    "award.receipt_view": "xem biên nhận giải thưởng",
    "award.take_back": "rút lại việc trao giải ghi nhầm",
    "award.view": "xem một giải thưởng",
    "certificate.issue": "cấp giấy",
    "certificate.print": "in giấy",
    "certificate.revoke": "thu hồi giấy",
    "consent.grant": "ghi sự đồng ý",
    "consent.withdraw": "ghi việc rút sự đồng ý",
    "criteria.activate": "đưa bộ tiêu chí vào áp dụng",
    "criteria.draft": "lập bản nháp bộ tiêu chí",
    "criteria.edit": "sửa bản nháp bộ tiêu chí",
    "data.answer": "trả lời yêu cầu về dữ liệu",
    "data.ask": "nhận yêu cầu về dữ liệu",
    "decision.allow_revoke": "duyệt việc thu hồi",
    "decision.ask_revoke": "đề nghị thu hồi",
    "decision.enter": "nhập quyết định",
    "decision.refuse_revoke": "không duyệt việc thu hồi",
    "decision.scan_view": "xem bản chụp quyết định",
    "decision.view": "xem quyết định",
    "draft.make": "lập bản thảo văn bản",
    "guide.stuck_closed": "xem xong bước hay bị kẹt",
    "page.link_ask": "gửi đường dẫn duyệt bài",
    "page.link_decide": "trả lời qua đường dẫn duyệt bài",
    "page.link_revoke": "thu hồi đường dẫn duyệt bài",
    "page.still_right": "xác nhận bài vẫn đúng",
    "page.numbers_allowed": "cho đăng số riêng trên trang, có lý do",
    "report.make": "tải báo cáo của kỳ",
    "entry.erase": "xóa bài dự thi của hộ xin xóa",
    "entry.judge": "chấm bài dự thi",
    "entry.match": "khớp bài dự thi với hộ",
    "entry.moderate": "xem bài dự thi",
    "entry.photo_view": "xem ảnh dự thi",
    "entry.type": "nhập bài dự thi giấy",
    "entry.unmatch": "gỡ khớp bài dự thi với hộ",
    "doubt.answer": "ghi đã hỏi lại lượt thăm",
    "evidence.add": "thêm ảnh làm chứng",
    "evidence.expire": "xóa ảnh làm chứng quá hạn",
    "evidence.view": "xem ảnh làm chứng",
    "export.households": "lấy sổ hộ ra Excel",
    "help.close": "báo xong yêu cầu giúp",
    "help.take": "nhận yêu cầu giúp",
    "household.backdate": "nhập bù ngày vào sổ",
    "household.change_head": "đổi chủ hộ",
    "household.create": "vào sổ",
    "household.death": "ghi có người mất",
    "household.distinct": "ghi hai hộ không trùng",
    "household.erase": "xóa dữ liệu của hộ",
    "household.merge": "gộp hộ",
    "household.move": "chuyển thôn",
    "household.strike_off": "ra khỏi sổ",
    "household.unmerge": "gỡ gộp",
    "household.update": "sửa thông tin hộ",
    "household.view": "xem hộ",
    "import.undo": "hoàn tác lô nhập",
    "import.write": "ghi lô nhập từ Excel",
    "meeting_list.print": "in danh sách họp thôn",
    "message.issue": "phát tin của xã",
    "minutes.scan_add": "thêm bản chụp biên bản",
    "minutes.scan_drop": "bỏ bản chụp biên bản",
    "minutes.scan_view": "xem bản chụp biên bản",
    "objection.answer": "trả lời ý kiến hỏi lại",
    "objection.note": "ghi ý kiến hỏi lại",
    "period.close": "chốt kỳ",
    "period.export": "lấy báo cáo của kỳ",
    "period.revise": "ghi điều chỉnh kỳ đã chốt",
    "phone.reveal": "xem số điện thoại",
    "proposal.accept": "nhận danh sách đề nghị",
    "proposal.add": "thêm hộ vào danh sách đề nghị",
    "proposal.decide": "chốt danh sách vào quyết định",
    "proposal.minutes": "ghi biên bản họp thôn",
    "proposal.open": "mở danh sách đề nghị",
    "proposal.remove": "bỏ hộ khỏi danh sách đề nghị",
    "proposal.return": "trả lại danh sách đề nghị",
    "proposal.submit": "gửi danh sách đề nghị",
    "proposal.view": "xem danh sách đề nghị",
    "recheck.draw": "rút hộ thăm lại",
    "registration.receive": "nhận phiếu đăng ký",
    "report.accept": "nhận báo cáo thôn",
    "report.bring_along": "cập nhật báo cáo thôn khi chốt",
    "report.return": "trả lại báo cáo thôn",
    "report.submit": "gửi báo cáo thôn",
    "report.write": "soạn báo cáo thôn",
    "round.announce": "công bố thể lệ vòng thi",
    "round.change": "đổi thể lệ vòng thi",
    "round.create": "lập vòng thi",
    "round.criteria": "ghi cách chấm vòng thi",
    "round.draw": "bốc thăm vòng thi",
    "round.erase": "xóa thông tin người dự thi của vòng",
    "round.erasure_view": "xem danh sách đã xóa của vòng",
    "round.evidence_view": "xem ảnh chứng cứ bốc thăm",
    "round.judges": "chọn giám khảo",
    "round.prizes": "ghi giải thưởng",
    "round.publish": "công bố kết quả vòng thi",
    "round.questions": "chọn câu hỏi cho vòng thi",
    "round.seal": "chốt danh sách vòng thi",
    "round.winners_view": "xem danh sách trúng giải",
    "rules.change": "đổi quy tắc của sổ hộ",
    "scam.drop": "bỏ một tin giả khỏi danh sách",
    "scam.note": "ghi một tin giả",
    "secret.renew": "cấp số bí mật mới",
    "story.draft": "lập câu chuyện từ bài dự thi",
    "story.erase": "xóa câu chuyện của hộ xin xóa",
    "story.sources_view": "xem bài được thưởng để viết câu chuyện",
    "story.take_down": "gỡ câu chuyện vì gia đình thôi đồng ý",
    "signup.attendance": "ghi ai đến buổi tập huấn",
    "signup.cancel": "thôi đăng ký chỗ",
    "signup.expire": "xóa tên, số điện thoại của buổi đã qua lâu",
    "signup.make": "đăng ký chỗ giúp gia đình",
    "signup.phone": "xem số điện thoại của người đăng ký chỗ",
    "signup.print": "in danh sách người đến tập huấn",
    "signup.view": "xem danh sách người đến tập huấn",
    "sheets.print": "in phiếu thăm",
    "spending.add": "ghi khoản chi",
    "spending.strike": "gạch bỏ khoản chi",
    "sponsor.add": "ghi khoản tài trợ",
    "sponsor.export": "tải sổ tài trợ",
    "sponsor.name": "đăng hoặc thôi đăng tên nhà tài trợ",
    "sponsor.receipt_view": "xem biên nhận tài trợ",
    "sponsor.strike": "gạch bỏ khoản tài trợ",
    "team.join": "thêm người vào tổ",
    "team.leave": "cho người ra khỏi tổ",
    "title_rule.set": "đổi điều kiện danh hiệu",
    "visit.record": "ghi lượt thăm",
}


@dataclass(frozen=True)
class LogPage:
    """Lines of the log, the newest first."""

    subject: str = ""
    username: str = ""
    action: str = ""
    before: int | None = None

    @cached_property
    def _rows(self) -> list[AuditEntry]:
        rows = AuditEntry.objects.select_related("by").order_by("-number")
        if self.subject:
            rows = rows.filter(subject__in={self.subject, self.subject.upper()})
        if self.username:
            rows = rows.filter(by__username=self.username)
        if self.action:
            rows = rows.filter(action=self.action)
        if self.before is not None:
            rows = rows.filter(number__lt=self.before)
        return list(rows[: PAGE_SIZE + 1])

    @property
    def lines(self) -> list["LogLine"]:
        """The lines of this page."""
        return [LogLine(row) for row in self._rows[:PAGE_SIZE]]

    @property
    def older(self) -> int | None:
        """Where the next, older page begins; None when this is the last one."""
        return self._rows[PAGE_SIZE - 1].number if len(self._rows) > PAGE_SIZE else None


@dataclass(frozen=True)
class LogLine:
    """One line in words."""

    entry: AuditEntry

    @property
    def action(self) -> str:
        """What was done."""
        return ACTIONS.get(self.entry.action, self.entry.action)

    @property
    def who(self) -> str:
        """Who did it; nobody signed in means the family itself, or the site."""
        return str(self.entry.by) if isinstance(self.entry.by, User) else "gia đình hoặc trang web"

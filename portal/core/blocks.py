"""Blocks of a page's body. One template each under templates/blocks/."""

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.core.choosers import RecordingChooserBlock

PLAIN_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*PLAIN_FEATURES, "ol", "ul"]


class CharBlock(blocks.CharBlock):
    """A line of text whose limit the server explains: a browser cuts pasted text at maxlength without a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs.pop("maxlength", None)


class DescribedImageBlock(ImageBlock):
    """Wagtail's picture with its description; the chooser inside has no label of its own to translate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["image"].label = "Ảnh"


class PictureBlock(blocks.StructBlock):
    """Ảnh kèm chú thích."""

    image = DescribedImageBlock(label="Ảnh")
    caption = CharBlock(label="Chú thích", required=False, max_length=250)

    class Meta:
        label = "Ảnh"
        icon = "image"
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Lời người trong cuộc."""

    text = blocks.TextBlock(label="Lời nói", rows=3)
    who = CharBlock(label="Ai nói", required=False, max_length=120)

    class Meta:
        label = "Lời trích"
        icon = "openquote"
        template = "blocks/quote.html"


class NoteBlock(blocks.StructBlock):
    """Điều cần nhớ, hoặc điều phải tránh."""

    tone = blocks.ChoiceBlock(label="Loại", choices=[("info", "Nên biết"), ("warn", "Cẩn thận")], default="info")
    text = blocks.RichTextBlock(label="Nội dung", features=PLAIN_FEATURES)

    class Meta:
        label = "Ghi chú"
        icon = "info-circle"
        template = "blocks/note.html"


class LinkBlock(blocks.StructBlock):
    """Nút dẫn sang trang khác."""

    title = CharBlock(label="Chữ trên nút", max_length=80)
    url = blocks.URLBlock(label="Địa chỉ web")

    class Meta:
        label = "Nút liên kết"
        icon = "link"
        template = "blocks/link.html"


class BodyBlock(blocks.StreamBlock):
    """All that the body of an article is made of."""

    heading = CharBlock(label="Đề mục", icon="title", max_length=160, template="blocks/heading.html")
    text = blocks.RichTextBlock(label="Đoạn chữ", icon="pilcrow", features=TEXT_FEATURES, template="blocks/text.html")
    quote = QuoteBlock()
    picture = PictureBlock()
    note = NoteBlock()
    recording = RecordingChooserBlock(label="Bản ghi âm", icon="media", template="blocks/recording.html")
    file = DocumentChooserBlock(label="Tài liệu tải về", icon="doc-full", template="blocks/file.html")
    link = LinkBlock()

    class Meta:
        block_counts: dict[str, Any] = {}


class RecordingsBlock(blocks.StreamBlock):
    """Recordings of a whole page, one player per language."""

    recording = RecordingChooserBlock(label="Bản ghi âm", icon="media", template="blocks/recording.html")

    class Meta:
        max_num = 4


class StepBlock(blocks.StructBlock):
    """One step of a guide: one action, one picture."""

    title = CharBlock(label="Việc cần làm", max_length=90, help_text="Một việc, bắt đầu bằng động từ: “Bấm nút xanh”.")
    text = blocks.RichTextBlock(label="Nói thêm", required=False, features=PLAIN_FEATURES)
    picture = DescribedImageBlock(label="Hình của bước này")
    tip = blocks.RichTextBlock(label="Chỗ hay bị kẹt", required=False, features=PLAIN_FEATURES)
    recording = RecordingChooserBlock(label="Bản nghe của bước này", required=False)

    class Meta:
        label = "Bước"
        icon = "list-ol"


class StepsBlock(blocks.StreamBlock):
    """Numbered steps, in order."""

    step = StepBlock()

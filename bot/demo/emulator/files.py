"""Files as Telegram keeps them: by id, with a path to download from; up to 50 MB up, 20 MB down, photos 10 MB."""

from collections import OrderedDict
from collections.abc import Mapping

from bot.demo.emulator.model import File, FileKind, UploadedFile
from bot.demo.emulator.refusals import ProblemKind, Refused, bad_request

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")
_FOLDERS = {
    FileKind.PHOTO: "photos",
    FileKind.DOCUMENT: "documents",
    FileKind.VOICE: "voice",
    FileKind.STICKER: "stickers",
}
_ENDINGS = {FileKind.PHOTO: ".jpg", FileKind.VOICE: ".oga", FileKind.STICKER: ".webp"}


class FileStore:
    """Keeps the newest `kept` files (None: all)."""

    def __init__(self, kept: int | None = 10_000) -> None:
        self._kept = kept
        self._by_id: OrderedDict[str, File] = OrderedDict()
        self._by_path: dict[str, File] = {}
        self._count = 0

    def add(self, kind: FileKind, name: str, content: bytes, mime_type: str) -> File:
        self._count += 1
        ending = _ENDINGS.get(kind) or name[name.rfind(".") :] if "." in name else _ENDINGS.get(kind, "")
        path = f"{_FOLDERS[kind]}/file_{self._count}{ending}"
        file = File(
            f"FILE{self._count:08d}{kind.value}", f"UNIQ{self._count:08d}", kind, name, mime_type, path, content
        )
        self._by_id[file.id] = file
        self._by_path[path] = file
        if self._kept is not None and len(self._by_id) > self._kept:
            _, oldest = self._by_id.popitem(last=False)
            del self._by_path[oldest.path]
        return file

    def named(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> File | None:
        return self._by_path.get(path)

    def received(self, kind: FileKind, field: str, given: str | None, files: Mapping[str, UploadedFile]) -> File:
        """The file a send call means: uploaded in `field`, attached by name, or known by its id."""
        if field in files:
            return self._uploaded(kind, field, files[field])
        if given is not None and given.startswith("attach://"):
            attached = files.get(given.removeprefix("attach://"))
            if attached is None:
                raise bad_request(f"{field} should be uploaded as an InputFile", ProblemKind.FILE)
            return self._uploaded(kind, field, attached)
        if given is not None and given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        known = self.named(given or "")
        if known is None or known.kind is not kind:
            raise bad_request("wrong file identifier/HTTP URL specified", ProblemKind.FILE)
        return known

    def _uploaded(self, kind: FileKind, field: str, upload: UploadedFile) -> File:
        size = len(upload.content)
        if size == 0:
            raise bad_request("file must be non-empty", ProblemKind.FILE)
        if size > UPLOAD_LIMIT:
            raise Refused(413, "Request Entity Too Large", problem=ProblemKind.FILE)
        if kind is FileKind.PHOTO:
            if size > PHOTO_LIMIT:
                words = f'file "{field}" of size {size} bytes is too big for a photo'
                raise bad_request(f"{words}; the maximum size is {PHOTO_LIMIT} bytes", ProblemKind.FILE)
            if not upload.content.startswith(_PICTURES):
                raise bad_request("IMAGE_PROCESS_FAILED", ProblemKind.FILE)
        return self.add(kind, upload.name, upload.content, upload.mime_type)

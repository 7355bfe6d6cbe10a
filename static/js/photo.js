/* Makes a picture small before it travels: a few hundred kilobytes instead of several megabytes. Where the phone
   cannot read its own picture, the file goes as it is and the server makes it small. */

const MAX_SIDE = 1600;
const MAX_BYTES = 500 * 1024;
const QUALITIES = [0.82, 0.7, 0.55, 0.4];

function toBlob(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

/** The picture as a JPEG of at most so many pixels and bytes, upright and without metadata; null when it cannot be. */
async function small(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const blob = await toBlob(canvas, quality);
    if (blob && blob.size <= MAX_BYTES) return blob;
  }
  return null;
}

for (const input of document.querySelectorAll("input[data-shrink]")) {
  const words = input.closest(".field").querySelector("[data-shrink-words]");
  const buttons = input.form.querySelectorAll("button");

  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    words.textContent = "Đang thu nhỏ ảnh…";
    for (const button of buttons) button.disabled = true;
    try {
      const blob = await small(file);
      if (blob && blob.size < file.size) {
        const carrier = new DataTransfer();
        carrier.items.add(new File([blob], "anh.jpg", { type: "image/jpeg" }));
        input.files = carrier.files;
      }
      words.textContent = `Ảnh đã sẵn sàng, ${Math.ceil(input.files[0].size / 1024)} KB.`;
    } catch {
      words.textContent = "Máy này không thu nhỏ được ảnh; xã sẽ thu nhỏ khi nhận.";
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
}

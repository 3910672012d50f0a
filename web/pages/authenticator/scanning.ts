/** Reading a QR code with the camera, where the browser can: nothing is recorded, and the camera is off as soon as it is read. */

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: readonly string[] }) => Detector;

const detectorClass = (): DetectorClass | undefined => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const canScan = (): boolean => detectorClass() !== undefined && 'mediaDevices' in navigator;

const betweenLooks = 250;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What the first code says; undefined when the person left before there was one. */
export async function scan(video: HTMLVideoElement): Promise<string | undefined> {
  const Detector = detectorClass();
  if (!Detector) return undefined;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const detector = new Detector({ formats: ['qr_code'] });
    while (video.isConnected) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await pause(betweenLooks);
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  }
}

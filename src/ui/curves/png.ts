import type { ChartFile } from '../../curves/svg'

/** Pixels for one of the chart's: sharp on a slide and in print. */
const SCALE = 2

/** The chart as a PNG of twice its size. */
export async function pngOf({ svg, width, height }: ChartFile): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = SCALE * width
    canvas.height = SCALE * height
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the browser gives no PNG of a chart: save it as SVG')
    return blob
  } finally {
    URL.revokeObjectURL(url)
  }
}

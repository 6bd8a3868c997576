import MCP

/// The smallest files of their kinds, in base64.
enum Media {
    /// A PNG of one pixel.
    static let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNQSFgAAAHEASFcollRAAAAAElFTkSuQmCC"

    /// A WAV of eight samples.
    static let wav = "UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YRAAAAAAACgjsDYoIwAA2NxQydjc"

    /// The picture as a block.
    static let image = ContentBlock.image(data: png, mimeType: "image/png")

    /// The sound as a block.
    static let audio = ContentBlock.audio(data: wav, mimeType: "audio/wav")

    /// A text resource as a block.
    static func resource(_ uri: String, _ text: String) -> ContentBlock {
        .resource(ResourceContents(uri: uri, mimeType: "text/plain", body: .text(text)))
    }
}

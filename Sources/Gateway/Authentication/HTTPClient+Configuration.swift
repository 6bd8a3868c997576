import AsyncHTTPClient
import NIOCore

extension HTTPClient.Configuration {
    /// How the gateway itself asks servers: no redirects, so that nobody sends it elsewhere, and no waiting for a server that is not there.
    static var withoutRedirects: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(5)
        // A refused connection is an answer; whoever asks decides when to ask again.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

using CryptoScreener.ApiGateway.Alerts;

namespace CryptoScreener.ApiGateway.Realtime.Identity;

/// <summary>Who is at the other end of a socket, as far as its channels need to know.</summary>
/// <param name="MayRead">False where anonymous reading is off and no token was given: only <c>auth</c> is answered.</param>
internal sealed record Caller(AlertViewer Viewer, bool MayRead, DateTimeOffset? Expires = null);

/// <summary>Who an HTTP request comes from; null when it carries credentials that are wrong.</summary>
internal delegate ValueTask<Caller?> CallerOfRequest(HttpContext http);

/// <summary>Whose token this is; null when it is nobody's.</summary>
internal delegate ValueTask<Caller?> CallerOfToken(string token, CancellationToken stop);

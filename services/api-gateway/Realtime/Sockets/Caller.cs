using CryptoScreener.ApiGateway.Auth;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Who is at the other end of a socket.</summary>
/// <param name="Account">Null where anonymous reading is off and no credential was given: then only <c>auth</c> is answered.</param>
/// <param name="Credential">What it was let in with, to be checked again while the socket lasts; null for anonymous readers.</param>
internal sealed record Caller(Account? Account, string? Credential);

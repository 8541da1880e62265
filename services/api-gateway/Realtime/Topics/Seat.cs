using CryptoScreener.ApiGateway.Auth;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>A place in a topic.</summary>
/// <param name="Socket">Who is told of news.</param>
/// <param name="Client">Whose share it counts against: an account, or an address without one.</param>
/// <param name="Account">Who has metrics calculated that the topic looks at.</param>
internal readonly record struct Seat(IWake Socket, string Client, Account Account);

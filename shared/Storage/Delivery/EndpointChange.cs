namespace CryptoScreener.Storage.Delivery;

/// <summary>What an owner changes of an endpoint; what is null stays as it is stored by then.</summary>
/// <param name="Settings">As JSON; replaced as a whole.</param>
/// <param name="KeepsReceivers">Whom to write to is part of the settings (<c>chat_id</c>, <c>to</c>) and stays.</param>
public sealed record EndpointChange(string Name, string Settings, string? Url = null, IReadOnlyList<string>? Secrets = null, bool KeepsReceivers = false);

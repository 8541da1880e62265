namespace CryptoScreener.ApiGateway.Auth;

/// <summary>What a route asks of whoever calls it. A route that says nothing asks for a reader.</summary>
/// <param name="Area">See <see cref="Scopes"/>.</param>
/// <param name="Write">Whether it changes something.</param>
/// <param name="Known">Anonymous readers are not enough: it is about something of the caller's own.</param>
/// <param name="IsOpen">Anybody, with or without credentials, even where anonymous reading is off.</param>
/// <param name="HasOwnCredential">The credential it is sent is not an account's; the route looks after it.</param>
internal sealed record Access(Role Role, string Area, bool Write, bool Known, bool IsOpen = false, bool HasOwnCredential = false)
{
    public static readonly Access Default = new(Role.Reader, Scopes.Market, Write: false, Known: false);

    public static readonly Access Open = new(Role.Reader, Scopes.Market, Write: false, Known: false, IsOpen: true);
}

internal static class AccessRoutes
{
    /// <summary>Reading for everybody who may read.</summary>
    public static T Reads<T>(this T route, string area, Role role = Role.Reader, bool known = false)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Access(role, area, Write: false, known));

    /// <summary>Changing something; never for anonymous callers.</summary>
    public static T Writes<T>(this T route, string area, Role role = Role.Trader)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Access(role, area, Write: true, Known: true));

    /// <summary>For routes that other programs call with a secret that is theirs alone.</summary>
    public static T ChecksItsOwnCredential<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Access.Open with { HasOwnCredential = true });

    /// <summary>For routes that look after credentials themselves, and for those that tell nothing.</summary>
    public static T OpenToAll<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Access.Open);
}

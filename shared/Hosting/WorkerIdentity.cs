using System.Reflection;

namespace CryptoScreener.Hosting;

/// <summary>Who this process is, in logs, metrics, health answers and status messages alike.</summary>
public sealed record WorkerIdentity(string Service, string Instance, string Version, bool UpstreamPackages)
{
    internal static WorkerIdentity Of(string service, string? instance)
    {
        var assembly = typeof(WorkerIdentity).Assembly;
        return new(
            service,
            string.IsNullOrWhiteSpace(instance) ? $"{Environment.MachineName}-{Environment.ProcessId}" : instance,
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
            assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(IsUpstream));
    }

    private static bool IsUpstream(AssemblyMetadataAttribute metadata) =>
        metadata.Key == nameof(UpstreamPackages) && string.Equals(metadata.Value, "true", StringComparison.OrdinalIgnoreCase);
}

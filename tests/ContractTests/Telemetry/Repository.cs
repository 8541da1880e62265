namespace CryptoScreener.ContractTests.Telemetry;

internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CryptoScreener.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}

namespace CryptoScreener.LocalServers;

/// <summary>PostgreSQL refuses to run as root: then it runs as the account that its package made.</summary>
internal sealed class PostgresAccount
{
    private const string Account = "postgres";
    private readonly SystemRoot _system;
    private readonly string[] _prefix;

    private PostgresAccount(SystemRoot system, params string[] prefix)
    {
        _system = system;
        _prefix = prefix;
    }

    internal IReadOnlyList<string> Run(string program, params IEnumerable<string> arguments) => [.. _system.Enter, .. _prefix, program, .. arguments];

    /// <summary>Gives the folder to that account, if we are root, and says how to run programs as it.</summary>
    internal static async Task<PostgresAccount> OwnerOfAsync(SystemRoot system, string folder, CancellationToken stop)
    {
        if (!Environment.IsPrivilegedProcess) return new PostgresAccount(system);
        var account = new PostgresAccount(
            system, system.Program("setpriv", "util-linux"), $"--reuid={Account}", $"--regid={Account}", "--init-groups");
        await account.TakeAsync(folder, stop);
        if (await Tool.SucceedsAsync(account.Run("test", "-w", system.Inside(folder)), stop)) return account;

        // The folder lies under one that only root may enter, for instance a clone in /root: pass through it all the same.
        return new PostgresAccount(system, [.. account._prefix, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]);
    }

    /// <summary>A file that the account and nobody else can read.</summary>
    internal async Task WriteSecretAsync(string file, string secret, CancellationToken stop)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(file, options)) await writer.WriteAsync(secret);
        if (_prefix.Length > 0) await TakeAsync(file, stop);
    }

    private Task TakeAsync(string path, CancellationToken stop) => Tool.RunAsync(
        [.. _system.Enter, _system.Program("chown", "coreutils"), $"{Account}:{Account}", _system.Inside(path)], stop);
}

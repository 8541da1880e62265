namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>
/// What <c>rollback.sh</c> asks of Docker, on machines that have no engine (deploy/docker/probe-compose.sh asks a real one): images of some
/// versions, of which one does not become healthy, and containers whose commands go to the servers that run here.
/// </summary>
internal static class DockerStandIn
{
    public const string Broken = "0.0.7";

    /// <summary>A folder for PATH with a program <c>docker</c>.</summary>
    public static string WriteTo(string folder, IEnumerable<string> versions)
    {
        var programs = Directory.CreateDirectory(Path.Combine(folder, "programs")).FullName;
        var file = Path.Combine(programs, "docker");
        File.WriteAllText(file, $$"""
            #!/usr/bin/env bash
            versions='{{string.Join(' ', versions)}}'
            case "$*" in
              'image ls'*) tr ' ' '\n' <<<"$versions" ;;
              'image inspect'*) for version in $versions; do case "$*" in *":$version") echo 'sha256:abc'; exit 0 ;; esac; done; exit 1 ;;
              *' images --format json '*) echo '[{"ID":"abc"}]' ;;
              *' ps --format '*) printf '%s running healthy\n' data-collector metrics-calculator alert-engine alert-delivery api-gateway ;;
              *' up -d '*) echo "$*" >>"{{folder}}/started"; ! grep -qx 'SCREENER_VERSION={{Broken}}' "$ENV_FILE" ;;
              *' exec -T timescaledb psql '*) psql -qtAX -v ON_ERROR_STOP=1 -d screener -c "${@: -1}" ;;
              *' exec -T redis redis-cli '*) REDISCLI_AUTH=${REDIS##*password=} redis-cli -p "$(cut -d, -f1 <<<"$REDIS" | cut -d: -f2)" "${@: -1}" ;;
              *' exec -T backup /app/service '*) $BACKUP_PROGRAM streams list ;;
              *' exec -T nats '*) ;;
            esac

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return programs;
    }
}

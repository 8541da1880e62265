namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>
/// How many attempts an endpoint may have running: its own limit while the worker is idle, less the busier the worker is. However many
/// endpoints never answer, something is left for those that do; equal shares would starve one that is alone in being busy. Pure.
/// </summary>
internal static class FairShare
{
    public static int Of(int own, int free, int all) => free <= 0 ? 0 : (int)Math.Ceiling((double)own * Math.Min(free, all) / all);
}

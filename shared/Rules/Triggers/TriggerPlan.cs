using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Triggers;

/// <summary>Trigger options, checked and in milliseconds.</summary>
public sealed class TriggerPlan
{
    private const long Second = 1_000;
    private const long Hour = 3_600 * Second;
    private const long Day = 24 * Hour;

    private readonly long _activeFrom;
    private readonly long _activeUntil;

    private TriggerPlan(TriggerOptions options, int holdSeconds, Timeframe bar)
    {
        Mode = options.Mode;
        Hold = Math.Max(options.HoldSeconds, holdSeconds) * Second;
        Rearm = options.RearmSeconds * Second;
        Cooldown = options.CooldownSeconds * Second;
        MaxPerHour = options.MaxPerHour;
        Bar = bar;
        Every = options.EverySeconds * Second;
        ExpiresAt = options.ExpiresAt is { } at ? UnixMs(at) : long.MaxValue;
        _activeFrom = Millisecond(options.ActiveFrom);
        _activeUntil = Millisecond(options.ActiveUntil);
    }

    public TriggerMode Mode { get; }

    /// <summary>The longer of the option and the expression's <c>for</c>.</summary>
    public long Hold { get; }

    public long Rearm { get; }

    public long Cooldown { get; }

    public int MaxPerHour { get; }

    public Timeframe Bar { get; }

    public long Every { get; }

    public long ExpiresAt { get; }

    /// <summary>For how long a firing can still hold back another.</summary>
    internal long Memory => Math.Max(Math.Max(Hour, Cooldown), Math.Max(Bar.Milliseconds, Every));

    internal static TriggerPlan? Create(TriggerOptions options, int holdSeconds, ErrorList errors)
    {
        CheckNotNegative("trigger.hold_seconds", options.HoldSeconds, errors);
        CheckNotNegative("trigger.rearm_seconds", options.RearmSeconds, errors);
        CheckNotNegative("trigger.cooldown_seconds", options.CooldownSeconds, errors);
        CheckNotNegative("trigger.max_per_hour", options.MaxPerHour, errors);
        if (!Enum.IsDefined(options.Mode)) errors.AddSetting("trigger.mode", $"{(int)options.Mode} is no trigger mode");
        if (options.Mode == TriggerMode.Every && options.EverySeconds < 1) errors.AddSetting("trigger.every_seconds", "must be at least 1");
        CheckActiveHours(options.ActiveFrom, options.ActiveUntil, errors);
        if (!Timeframe.TryParse(options.Bar, out var bar)) errors.AddSetting("trigger.bar", $"'{options.Bar}' is not a timeframe", "5m");
        return errors.IsEmpty ? new TriggerPlan(options, holdSeconds, bar) : null;
    }

    /// <summary>The trigger key of an alert id: nothing for "once", else the number that tells firings apart.</summary>
    public string KeyText(long key) => Mode == TriggerMode.Once ? "" : key.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key of the event that ends the firing of that key: one firing ends once.</summary>
    public string ResolvedKeyText(long key) => KeyText(key) + ":resolved";

    /// <summary>What a firing at this moment is called; two firings of one rule and instrument never share it.</summary>
    internal long KeyAt(Moment at) => Mode switch
    {
        TriggerMode.Once => 0,
        TriggerMode.OncePerBar or TriggerMode.OncePerBarClose => Bar.OpenOf(at.Minute),
        _ => at.Minute, // also of "every": whoever goes on after a crash knows the minute of a firing, and not its second
    };

    /// <summary>Which of its stretches of time a moment lies in, for "every".</summary>
    internal long StretchOf(long time) => time / Every;

    /// <summary>Whether this is the frame that ends a bar; nothing else concerns a bar-close trigger.</summary>
    internal bool ClosesBar(Moment at) => at.IsClosed && Bar.OpenOf(at.Minute + Timeframe.MinuteMs) == at.Minute + Timeframe.MinuteMs;

    /// <summary>Whether the condition was to be looked at after one minute and through another: a bar-close trigger looks only at the ends of bars.</summary>
    internal bool LooksWithin(long after, long through) =>
        Mode != TriggerMode.OncePerBarClose || Bar.OpenOf(through + Timeframe.MinuteMs) - Timeframe.MinuteMs > after;

    internal bool IsActiveAt(long time)
    {
        if (_activeFrom == _activeUntil) return true;
        var ofDay = time % Day;
        return _activeFrom < _activeUntil
            ? ofDay >= _activeFrom && ofDay < _activeUntil
            : ofDay >= _activeFrom || ofDay < _activeUntil;
    }

    /// <summary>A time without a zone is UTC.</summary>
    private static long UnixMs(DateTime time) =>
        new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time).ToUnixTimeMilliseconds();

    private static long Millisecond(TimeOnly? time) => (long)(time ?? default).ToTimeSpan().TotalMilliseconds;

    private static void CheckActiveHours(TimeOnly? from, TimeOnly? until, ErrorList errors)
    {
        if (from.HasValue != until.HasValue) errors.AddSetting("trigger.active_from", "give active_from and active_until both or neither");
        if (!IsWholeMinute(from)) errors.AddSetting("trigger.active_from", "must be a whole minute, for instance 08:00");
        if (!IsWholeMinute(until)) errors.AddSetting("trigger.active_until", "must be a whole minute, for instance 17:30");
        if (from is not null && from == until) errors.AddSetting("trigger.active_until", "must differ from active_from; leave out both for the whole day");
    }

    private static bool IsWholeMinute(TimeOnly? time) => Millisecond(time) % Timeframe.MinuteMs == 0;

    private static void CheckNotNegative(string field, int value, ErrorList errors)
    {
        if (value < 0) errors.AddSetting(field, "cannot be negative; 0 switches it off");
    }
}

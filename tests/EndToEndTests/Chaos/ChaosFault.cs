namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Something that goes wrong for a while and is over when the task ends.</summary>
/// <param name="Class">What sort of thing it happens to: there are many more links than servers.</param>
/// <param name="Target">What it happens to: two things never happen to the same at once.</param>
internal sealed record ChaosFault(string Class, string Target, string Name, Func<TimeSpan, Task> HappensAsync);

/// <summary>One fault in a schedule.</summary>
/// <param name="After">Of the schedule's start.</param>
internal sealed record PlannedFault(ChaosFault Fault, TimeSpan After, TimeSpan Lasts);

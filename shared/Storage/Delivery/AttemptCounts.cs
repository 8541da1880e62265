namespace CryptoScreener.Storage.Delivery;

/// <summary>What a result counts for.</summary>
public enum AttemptCounts
{
    /// <summary>One of the schedule's attempts.</summary>
    InSchedule = 0,

    /// <summary>It was made and is in the log; the schedule stays as it is.</summary>
    OutsideSchedule = 1,

    /// <summary>Nothing was sent.</summary>
    NotMade = 2,
}

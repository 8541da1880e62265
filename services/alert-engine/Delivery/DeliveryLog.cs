namespace CryptoScreener.AlertEngine.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(6560, LogLevel.Warning, "The endpoint {Endpoint} does not take deliveries: {Error}. What is due for it waits; it is tried again now and then")]
    public static partial void BreakerOpened(ILogger logger, string endpoint, string error);

    [LoggerMessage(6561, LogLevel.Information, "The endpoint {Endpoint} takes deliveries again")]
    public static partial void BreakerClosed(ILogger logger, string endpoint);

    [LoggerMessage(6562, LogLevel.Warning, "Delivery {Delivery} to the endpoint {Endpoint} was given up after {Attempts} attempts: {Error}. It can be replayed")]
    public static partial void GivenUp(ILogger logger, string delivery, string endpoint, int attempts, string error);

    [LoggerMessage(6563, LogLevel.Warning, "The endpoint {Endpoint} was switched off: {Reason}. What waited for it are dead letters; replay them once it works")]
    public static partial void EndpointDisabled(ILogger logger, string endpoint, string reason);

    [LoggerMessage(6564, LogLevel.Warning, "The endpoint {Endpoint} is of the kind {Kind}, which this version does not know: nothing is sent to it")]
    public static partial void UnknownChannel(ILogger logger, string endpoint, string kind);

    [LoggerMessage(6565, LogLevel.Error, "The endpoint {Endpoint} has settings that cannot work")]
    public static partial void SettingsCannotWork(ILogger logger, string endpoint, Exception error);

    [LoggerMessage(6566, LogLevel.Error, "An attempt to send to the endpoint {Endpoint} broke in a way nobody foresaw; it counts as failed and is repeated. Please report it")]
    public static partial void SendingBroke(ILogger logger, string endpoint, Exception error);

    [LoggerMessage(6567, LogLevel.Warning, "The operator's webhook is switched off: {Reason}. A start does not switch it on; once it works, save it: PUT /api/v1/endpoints/operator-webhook")]
    public static partial void OperatorOff(ILogger logger, string reason);

    [LoggerMessage(6568, LogLevel.Warning, "The operator's webhook is paused: what comes for it waits for POST /api/v1/endpoints/operator-webhook/resume")]
    public static partial void OperatorPaused(ILogger logger);

    [LoggerMessage(6569, LogLevel.Information, "The operator's webhook has the address and the secret of the configuration, which changed; the secret before it signs beside it until the next change")]
    public static partial void OperatorChanged(ILogger logger);

    [LoggerMessage(6570, LogLevel.Information, "{Count} endpoints were sealed anew with the first of Storage:SecretKeys")]
    public static partial void SealedAnew(ILogger logger, int count);
}

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>A metric that dashboards, alerts and operators rely on: its worker, its name and type in Prometheus, and whether a busy run moves it.</summary>
internal sealed record NamedMetric(string Worker, string Name, string Type, bool Moves = true);

/// <summary>
/// The product's names. Those that do not move here tell of faults or of moments: the tests of their features move them. The time of the
/// last backup is written by the backup script, the end of certificates where there are certificates.
/// </summary>
internal static class NamedMetrics
{
    private static readonly string[] Workers = ["data-collector", "metrics-calculator", "alert-engine", "api-gateway"];

    public static readonly IReadOnlyList<NamedMetric> All =
    [
        new("data-collector", "data_collector_candles_received_total", "counter"),
        new("data-collector", "data_collector_candles_published_total", "counter"),
        new("data-collector", "data_collector_websocket_connections", "gauge"),
        new("data-collector", "data_collector_websocket_connections_expected", "gauge"),
        new("data-collector", "data_collector_websocket_reconnects_total", "counter"),
        new("data-collector", "data_collector_websocket_errors_total", "counter"),
        new("data-collector", "data_collector_feed_staleness_seconds", "gauge", Moves: false),
        new("data-collector", "data_collector_clock_offset_seconds", "gauge", Moves: false),
        new("data-collector", "data_collector_gaps_open", "gauge", Moves: false),
        new("data-collector", "circuit_breaker_state", "gauge", Moves: false),
        new("metrics-calculator", "metrics_calculator_candles_processed_total", "counter"),
        new("metrics-calculator", "metrics_calculator_metrics_calculated_total", "counter"),
        new("metrics-calculator", "metrics_calculator_db_insert_duration_seconds", "histogram"),
        new("metrics-calculator", "metrics_calculator_calculation_duration_seconds", "histogram"),
        new("metrics-calculator", "metrics_calculator_ring_buffer_size", "gauge"),
        new("alert-engine", "alert_engine_alerts_evaluated_total", "counter"),
        new("alert-engine", "alert_engine_alerts_triggered_total", "counter"),
        new("alert-engine", "alert_engine_alerts_duplicated_total", "counter", Moves: false),
        new("alert-engine", "alert_engine_evaluation_duration_seconds", "histogram"),
        new("alert-engine", "alert_engine_webhooks_sent_total", "counter"),
        new("alert-engine", "alert_engine_webhooks_failed_total", "counter"),
        new("alert-engine", "alert_engine_delivery_retries_total", "counter"),
        new("alert-engine", "alert_engine_dead_letters_total", "counter"),
        new("alert-engine", "alert_engine_deliveries_pending", "gauge", Moves: false),
        new("alert-engine", "alert_engine_replay_duration_seconds", "histogram"),
        new("alert-engine", "alert_engine_replays_total", "counter"),
        new("api-gateway", "api_gateway_http_requests_total", "counter"),
        new("api-gateway", "api_gateway_http_duration_seconds", "histogram"),
        new("api-gateway", "api_gateway_http_requests_in_progress", "gauge", Moves: false),
        new("api-gateway", "http_server_request_duration_seconds", "histogram"), // ASP.NET's own
        new("api-gateway", "api_gateway_websocket_connections", "gauge"),
        new("api-gateway", "api_gateway_websocket_messages_sent_total", "counter"),
        new("api-gateway", "api_gateway_websocket_messages_failed_total", "counter", Moves: false),
        new("api-gateway", "api_gateway_websocket_message_latency_seconds", "histogram"),
        .. Workers.SelectMany(worker => new NamedMetric[]
        {
            new(worker, "nats_messages_published_total", "counter"),
            new(worker, "nats_messages_received_total", "counter", Moves: worker != "data-collector"),
            new(worker, "nats_publish_errors_total", "counter", Moves: false),
            new(worker, "database_queries_total", "counter"),
            new(worker, "database_errors_total", "counter", Moves: false),
            new(worker, "database_connection_pool_size", "gauge"),
            new(worker, "redis_operations_total", "counter", Moves: worker == "api-gateway"), // engines keep cooldowns there, collectors weights that replicas share
            new(worker, "worker_active", "gauge"),
            new(worker, "worker_errors_total", "counter", Moves: false),
            new(worker, "log_queue_depth", "gauge", Moves: false),
            new(worker, "log_events_dropped_total", "counter", Moves: false),
            new(worker, "screener_stage_latency_seconds", "histogram"),
            // From the runtime and the libraries.
            new(worker, "dotnet_process_memory_working_set_bytes", "gauge"),
            new(worker, "dotnet_gc_collections_total", "counter", Moves: false),
            new(worker, "db_client_operation_duration_seconds", "histogram"),
            new(worker, "db_client_connections", "gauge"),
            new(worker, "messaging_client_published_messages_total", "counter"),
            new(worker, "nats_client_received_bytes_total", "counter"),
        }),
        .. Workers.Select(worker => new NamedMetric(worker, "worker_heartbeat_timestamp_seconds", "gauge")),
        .. Workers[1..].Select(worker => new NamedMetric(worker, "nats_consumer_lag_messages", "gauge", Moves: false)),
    ];
}

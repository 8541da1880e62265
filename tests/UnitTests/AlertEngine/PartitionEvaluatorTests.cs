using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class PartitionEvaluatorTests
{
    private static readonly RuleDefinition Above = RuleTexts.Definition("price > 100");

    [Fact]
    public void A_condition_that_becomes_true_fires_once_and_its_end_names_the_firing()
    {
        var evaluator = new TestEvaluator(Above);
        Assert.Empty(evaluator.Live(0, 99));
        var fired = Assert.Single(evaluator.Live(1, 101));
        Assert.Empty(evaluator.Live(2, 102));
        var resolved = Assert.Single(evaluator.Live(3, 99));

        Assert.Equal((AlertState.Fired, AlertState.Resolved), (fired.State, resolved.State));
        Assert.Equal(fired.Id, resolved.Resolves);
        Assert.NotEqual(fired.Id, resolved.Id);
        Assert.Equal(AlertId.Of("r1", 1, TestEvaluator.Bitcoin, fired.TriggerKey), fired.Id);
    }

    [Fact]
    public void An_alert_tells_event_time_price_and_the_metrics_its_rule_looked_at()
    {
        var fired = Assert.Single(new TestEvaluator(Above).Live(1, 101));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(TestEvaluator.Minute(1) + 30_000).UtcDateTime, fired.Timestamp);
        Assert.Equal(101, fired.Price);
        Assert.Equal([("price", 101.0)], fired.Metadata.Select(m => (m.Key, m.Value)));
        Assert.Equal(("BTCUSDT", "binance-futures", "r1", 7L), (fired.Symbol, fired.Exchange, fired.RuleId, fired.Epoch));
    }

    [Fact]
    public void A_replayed_frame_gives_the_same_alert()
    {
        var first = Assert.Single(new TestEvaluator(Above).Live(1, 101));
        var replayed = new TestEvaluator(Above);
        replayed.Wait(TimeSpan.FromMinutes(3));
        Assert.Equal(first.Id, Assert.Single(replayed.Live(1, 101)).Id);
    }

    [Fact]
    public void An_alert_found_long_after_its_event_is_late()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Wait(TimeSpan.FromMinutes(6));
        Assert.True(Assert.Single(evaluator.Live(0, 101)).Late);
        evaluator.Live(1, 99);
        Assert.False(Assert.Single(evaluator.Live(2, 101)).Late);
    }

    [Fact]
    public void The_next_closed_minute_counts_as_soon_as_it_is_heard_and_its_copy_in_the_stream_not_again()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(0, 99);
        Assert.Single(evaluator.Heard(1, 101));
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(2, 99));
    }

    [Fact]
    public void A_minute_that_is_heard_waits_for_the_stream_where_something_may_lie_before_it()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Heard(0, 99);
        Assert.False(evaluator.Counted); // nothing is known yet
        evaluator.Closed(0, 99);
        Assert.Empty(evaluator.Heard(2, 99));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(1, 101));
        Assert.Single(evaluator.Closed(2, 99));
        evaluator.Partition.LoseTrack();
        evaluator.Heard(3, 101);
        Assert.False(evaluator.Counted); // nor how far the stream's loss reaches
    }

    [Fact]
    public void What_is_heard_of_a_deposed_calculator_does_not_count()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(0, 99, epoch: 2);
        Assert.Empty(evaluator.Heard(1, 101, epoch: 1));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Heard(1, 102, epoch: 2));
    }

    [Fact]
    public void A_minute_that_a_mark_called_lost_is_not_passed_over_because_its_successor_is_heard()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99);
        evaluator.Mark(2);
        evaluator.Heard(3, 99);
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(2, 101));
        Assert.Single(evaluator.Closed(3, 99));
    }

    [Fact]
    public void What_is_heard_of_a_successor_does_not_shut_out_what_the_stream_has_of_the_former_calculator()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(0, 99, epoch: 1);
        evaluator.Heard(1, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
    }

    [Fact]
    public void A_closed_minute_is_evaluated_once_and_a_live_frame_of_it_not_any_more()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99);
        Assert.True(evaluator.Counted);
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.False(evaluator.Counted);
        Assert.Empty(evaluator.Live(1, 101));
        Assert.Empty(evaluator.Closed(0, 101));
        Assert.Single(evaluator.Live(2, 101));
    }

    [Fact]
    public void A_close_counts_though_live_news_of_later_minutes_was_heard_before_it()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" }));
        Assert.Empty(evaluator.Live(3, 101));
        Assert.Single(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Single(evaluator.Closed(2, 101));
    }

    [Fact]
    public void What_is_true_now_does_not_end_with_an_earlier_minutes_close()
    {
        var evaluator = new TestEvaluator(Above);
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Live(2, 101)).State);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Empty(evaluator.Live(2, 102));
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(3, 99)).State);
    }

    [Fact]
    public void What_ended_while_an_earlier_minute_closed_ends_with_the_next_frame()
    {
        var evaluator = new TestEvaluator(Above);
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Live(2, 101)).State);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(2, 98)).State);
        Assert.Empty(evaluator.Closed(2, 98));
    }

    [Fact]
    public void Minutes_that_are_caught_up_with_beside_live_news_fire_and_end_like_any_other()
    {
        var evaluator = new TestEvaluator(Above);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Empty(evaluator.Live(2, 99));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Closed(2, 101)).State);
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Closed(3, 99)).State);
        Assert.Empty(evaluator.Live(4, 99));
        Assert.Empty(evaluator.Live(5, 99));
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Closed(4, 101)).State);
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(5, 99)).State);
    }

    [Fact]
    public void Whoever_goes_on_after_a_crash_gives_a_firing_of_every_so_often_the_same_id()
    {
        var often = RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.Every, EverySeconds = 7 });
        var first = Assert.Single(new TestEvaluator(often).Live(1, 101));
        var successor = new TestEvaluator(often);
        Assert.Equal(first.Id, Assert.Single(successor.Closed(1, 101)).Id);
        Assert.NotEqual(first.Id, Assert.Single(successor.Closed(2, 101)).Id);
    }

    [Fact]
    public void A_crossing_is_seen_though_a_metric_joined_the_catalogue_meanwhile()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price crosses_above 100"));
        Assert.Empty(evaluator.Closed(1, 99));
        var wider = new MetricCatalogue([TestCatalogue.Full.Metrics[0] with { Name = "somebody_elses" }, .. TestCatalogue.Full.Metrics]);
        Assert.Single(evaluator.Closed(2, 101, catalogue: wider));
    }

    [Fact]
    public void While_minutes_are_caught_up_with_live_news_is_passed_over()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99);
        Assert.Empty(evaluator.Live(30, 101));
        Assert.False(evaluator.Counted);
        evaluator.Mark(29); // there was nothing to catch up with
        Assert.Single(evaluator.Live(30, 101));
    }

    [Fact]
    public void A_frame_of_a_deposed_calculator_is_passed_over()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Live(1, 99, epoch: 2);
        Assert.Empty(evaluator.Live(2, 101, epoch: 1));
        Assert.Single(evaluator.Live(2, 101, epoch: 2));
    }

    [Fact]
    public void The_streams_only_frame_of_a_minute_counts_whichever_of_two_calculators_said_it_first()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
        Assert.Empty(evaluator.Closed(2, 99, epoch: 2));
    }

    [Fact]
    public void A_former_calculators_closed_frame_counts_though_its_successor_is_heard_already()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Live(2, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
    }

    [Fact]
    public void After_a_gap_what_is_true_counts_as_known()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Partition.LoseTrack();
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Closed(2, 102));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Single(evaluator.Live(4, 101));
    }

    [Fact]
    public void A_gap_begins_after_the_last_evaluated_minute_of_each_exchange()
    {
        var evaluator = new TestEvaluator(Above);
        Assert.Empty(evaluator.Partition.LoseTrack());
        evaluator.Closed(3, 99);
        Assert.Equal([KeyValuePair.Create(TestEvaluator.Bitcoin.Exchange, TestEvaluator.Minute(3))], evaluator.Partition.LoseTrack());
    }

    [Fact]
    public void What_was_about_to_fire_before_a_gap_does_not_fire_after_it()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100 for 2m"));
        evaluator.Closed(1, 101);
        evaluator.Partition.LoseTrack();
        Assert.Empty(evaluator.Closed(9, 101));
        Assert.Empty(evaluator.Closed(12, 101));
    }

    [Fact]
    public void A_crossing_looks_back_at_the_last_closed_frame_and_not_at_a_live_one()
    {
        var crossing = RuleTexts.Definition("price crosses_above 100");
        var evaluator = new TestEvaluator(crossing);
        Assert.Empty(evaluator.Live(1, 99));
        Assert.Empty(evaluator.Live(1, 101));
        evaluator.Closed(1, 99);
        Assert.Single(evaluator.Live(2, 101));
    }

    [Fact]
    public void What_was_saved_goes_on_where_it_was()
    {
        var first = new TestEvaluator(Above);
        var fired = Assert.Single(first.Closed(1, 101));
        var saved = SavedInstrumentJson.Read(SavedInstrumentJson.Write(first.Partition.Save()));

        var second = new TestEvaluator(Above);
        second.Partition.Restore(saved);
        Assert.Empty(second.Closed(1, 101)); // evaluated before
        Assert.Empty(second.Live(2, 101));
        Assert.Equal(fired.Id, Assert.Single(second.Live(3, 99)).Resolves);
    }

    [Fact]
    public void A_rule_in_a_new_version_begins_anew_and_an_unchanged_one_goes_on()
    {
        var other = RuleTexts.Definition("price > 50", id: "r2");
        var evaluator = new TestEvaluator(Above, other);
        Assert.Equal(2, evaluator.Live(1, 101).Count);
        evaluator.Use(Above with { Version = 2 }, other);
        Assert.Equal(("r1", 2), Names(Assert.Single(evaluator.Live(2, 101))));

        static (string, int) Names(AlertEvent alert) => (alert.RuleId, alert.RuleVersion);
    }

    [Fact]
    public void A_faulty_rule_stays_off_alone()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("no_such_metric > ", id: "faulty"), Above);
        Assert.Equal("r1", Assert.Single(evaluator.Live(1, 101)).RuleId);
    }

    [Fact]
    public void A_new_version_that_cannot_run_leaves_the_one_before_in_force()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Live(0, 99);
        evaluator.Use(RuleTexts.Definition("no_such_metric > ") with { Version = 2 });
        Assert.Equal(1, Assert.Single(evaluator.Live(1, 101)).RuleVersion);
        evaluator.Use(Above with { Version = 3 });
        Assert.Equal(3, Assert.Single(evaluator.Live(2, 101)).RuleVersion);
    }

    [Fact]
    public void A_rule_that_is_gone_is_silent()
    {
        var other = RuleTexts.Definition("price > 50", id: "r2");
        var evaluator = new TestEvaluator(Above, other);
        evaluator.Use(other);
        Assert.Equal("r2", Assert.Single(evaluator.Live(1, 101)).RuleId);
    }

    [Fact]
    public void A_rule_looks_at_the_instruments_of_its_universe_only()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", universe: new RuleUniverse { Exclude = ["BTC*"] }));
        Assert.Empty(evaluator.Live(1, 101));
    }

    [Fact]
    public void A_quote_asset_is_what_the_exchange_says_and_not_how_the_symbol_ends()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", universe: new RuleUniverse { QuoteAssets = ["USDT"] }));
        Assert.Empty(evaluator.Live(1, 101));
        evaluator.QuotedIn("USDC");
        Assert.Empty(evaluator.Live(2, 101));
        evaluator.QuotedIn("USDT");
        Assert.Single(evaluator.Live(3, 101));
    }

    [Fact]
    public void More_firings_than_one_step_holds_all_come()
    {
        var rules = Enumerable.Range(0, 1_000).Select(i => RuleTexts.Definition($"price > {i / 100.0}", id: $"r{i}")).ToList();
        var fired = new TestEvaluator(rules).Live(1, 101);
        Assert.Equal(1_000, fired.Select(alert => alert.RuleId).Distinct().Count());
        Assert.Equal(1_000, fired.Count);
    }

    [Fact]
    public void A_minute_without_a_closed_frame_neither_ends_nor_repeats_a_firing()
    {
        var evaluator = new TestEvaluator(Above);
        var fired = Assert.Single(evaluator.Closed(1, 101));
        evaluator.Mark(1);
        evaluator.Mark(2);
        Assert.Empty(evaluator.Closed(3, 101));
        Assert.Equal(fired.Id, Assert.Single(evaluator.Closed(4, 99)).Resolves);
    }

    [Fact]
    public void What_should_last_begins_anew_after_a_minute_without_data()
    {
        var lasting = RuleTexts.Definition("price > 100 for 2m");
        var seen = new TestEvaluator(lasting);
        Assert.Empty(seen.Closed(1, 101));
        Assert.Empty(seen.Closed(2, 101));
        Assert.Single(seen.Closed(3, 101));

        var unseen = new TestEvaluator(lasting);
        Assert.Empty(unseen.Closed(1, 101));
        unseen.Mark(2);
        Assert.Empty(unseen.Closed(3, 101));
        Assert.Empty(unseen.Closed(4, 101));
        Assert.Single(unseen.Closed(5, 101));
    }

    [Fact]
    public void What_should_last_begins_anew_after_minutes_that_nobody_marked()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100 for 2m"));
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Closed(31, 101)); // the whole pipeline was away
        Assert.Empty(evaluator.Closed(32, 101));
        Assert.Single(evaluator.Closed(33, 101));
    }

    [Fact]
    public void Instruments_without_data_are_counted_until_they_are_seen_again_or_gone_for_good()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99);
        Assert.Equal([0, 1, 1], new[] { evaluator.Mark(1), evaluator.Mark(2), evaluator.Mark(3) });
        evaluator.Closed(4, 99);
        Assert.Equal(0, evaluator.Mark(4));
        Assert.Equal(0, evaluator.Mark(4 + (24 * 60)));
    }
}

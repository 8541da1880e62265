namespace CryptoScreener.BrowserTests;

/// <summary>What a person does in the page, done by a browser against the running screener. The scenarios are in <c>browser/</c>.</summary>
public sealed class PageTests(RunningPage page) : IClassFixture<RunningPage>
{
    [Fact]
    public Task Its_files_travel_small_are_kept_and_trust_nobody_else() => page.PlayAsync("serving");

    [Fact]
    public Task Every_view_opens_without_an_error_or_a_violation_of_its_policy_and_is_accessible() => page.PlayAsync("views");

    [Fact]
    public Task Every_text_has_its_contrast_in_the_light_theme() => page.PlayAsync("light");

    [Fact]
    public Task Every_view_fits_a_phone() => page.PlayAsync("phone");

    [Fact]
    public Task The_table_fills_and_its_cells_change() => page.PlayAsync("table");

    [Fact]
    public Task A_filter_shows_its_error_in_place_and_narrows_the_table_once_it_is_right() => page.PlayAsync("filter");

    [Fact]
    public Task The_keyboard_reaches_everything() => page.PlayAsync("keyboard");

    [Fact]
    public Task Numbers_that_stand_still_tell_their_age() => page.PlayAsync("stale");

    [Fact]
    public Task The_chart_draws_its_history_and_moves_with_the_market() => page.PlayAsync("chart");

    [Fact]
    public Task Older_bars_come_under_a_pointer_that_moves() => page.PlayAsync("history");

    [Fact]
    public Task The_indicators_of_a_chart_that_stays_open_are_renewed() => page.PlayAsync("indicators");

    [Fact]
    public Task A_rule_written_in_the_page_fires_on_the_page_and_at_a_webhook() => page.PlayAsync("rule");

    [Fact]
    public Task After_a_lost_connection_no_alert_is_missing() => page.PlayAsync("reconnect");

    [Fact]
    public Task An_alert_that_arrives_leaves_the_others_and_the_focus_in_place() => page.PlayAsync("steady");

    [Fact]
    public Task Who_may_not_is_not_offered() => page.PlayAsync("roles");

    [Fact]
    public Task A_view_that_was_saved_is_there_tomorrow_and_the_table_is_a_file_too() => page.PlayAsync("saved-views");

    [Fact]
    public Task Silenced_alerts_are_recorded_and_told_to_nobody_until_the_silence_ends() => page.PlayAsync("silence");

    [Fact]
    public Task A_rule_is_copied_switched_and_asked_about_the_past() => page.PlayAsync("replay");

    [Fact]
    public Task A_rule_that_is_half_written_waits_while_its_author_looks_elsewhere() => page.PlayAsync("drafts");

    [Fact]
    public Task An_endpoint_gets_a_new_secret_rests_and_begins_an_escalation_of_three_steps() => page.PlayAsync("endpoints");

    [Fact]
    public Task The_system_is_shown_in_short_over_any_span_and_as_correlations() => page.PlayAsync("system");

    [Fact]
    public Task An_alert_that_somebody_takes_over_says_so_and_no_other_appears() => page.PlayAsync("acknowledged");

    [Fact]
    public Task The_small_lines_beside_the_names_are_drawn_at_once() => page.PlayAsync("sparks");
}

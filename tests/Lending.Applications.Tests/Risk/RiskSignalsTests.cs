using System.Net;
using Lending.Applications.Risk;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Testing;

namespace Lending.Applications.Tests.Risk;

/// <summary>What is seen in an application: each case of the five methods.</summary>
public sealed class RiskSignalsTests
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
    private const string Headless = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0 Safari/537.36";
    private const string Android = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36";

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 11, 0, 0, TimeSpan.Zero);
    private static readonly ObservedRequest Request = new(IPAddress.Loopback, Firefox, "de-DE,de;q=0.9");

    private static readonly ObservedForm Usual = new()
    {
        DeviceId = "cookie",
        Seconds = 310,
        Fields = 14,
        PastedFields = 1,
        FocusEvents = 22,
        KeyIntervalVariation = 0.62m,
        HoneypotFilled = false,
        IsAutomated = false,
        TimeZone = "Europe/Vienna",
        Language = "de-AT",
        System = "Windows",
    };

    [Fact]
    public void Who_fills_in_a_form_as_people_do_has_no_risk()
    {
        var signals = SignalsOf(Usual, Request);

        RiskModel.Standard.Score(signals).Score.ShouldBe(0);
        signals.ShouldContainKey(RiskSignal.FormFast);
    }

    // Behaviour and timing, and the device, by what a page tells.
    public static TheoryData<string, string> Forms =>
        new()
        {
            { nameof(RiskSignal.FormFast), "fast" },
            { nameof(RiskSignal.KeysEven), "even" },
            { nameof(RiskSignal.FieldsPasted), "pasted" },
            { nameof(RiskSignal.HoneypotFilled), "honeypot" },
            { nameof(RiskSignal.NoFocus), "no focus" },
            { nameof(RiskSignal.Automated), "automated" },
            { nameof(RiskSignal.TimeZoneFar), "far" },
            { nameof(RiskSignal.LanguageDiffers), "language" },
            { nameof(RiskSignal.SystemDiffers), "system" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_a_page_tells_counts_as_what_it_is(string signal, string how)
    {
        var form = how switch
        {
            "fast" => Usual with { Seconds = 10 },
            "even" => Usual with { KeyIntervalVariation = 0.01m },
            "pasted" => Usual with { PastedFields = 14 },
            "honeypot" => Usual with { HoneypotFilled = true },
            "no focus" => Usual with { FocusEvents = 0 },
            "automated" => Usual with { IsAutomated = true },
            "far" => Usual with { TimeZone = "Asia/Tokyo" },
            "language" => Usual with { Language = "vi-VN" },
            _ => Usual with { System = "Linux" },
        };

        EvidenceOf(SignalsOf(form, Request)).ShouldBe([Enum.Parse<RiskSignal>(signal)]);
    }

    [Fact]
    public void A_browser_that_says_that_a_program_controls_it_is_believed()
    {
        EvidenceOf(SignalsOf(form: null, Request with { UserAgent = Headless })).ShouldBe([RiskSignal.Automated]);
        EvidenceOf(SignalsOf(Usual with { System = "Android" }, Request with { UserAgent = Android })).ShouldBeEmpty();
    }

    [Fact]
    public void Night_is_night_at_the_organisation()
    {
        // 23:30 UTC is half past midnight in Berlin.
        EvidenceOf(SignalsOf(form: null, Request, now: Noon.AddHours(12.5))).ShouldBe([RiskSignal.Night]);
        EvidenceOf(SignalsOf(form: null, Request, now: Noon.AddHours(17))).ShouldBeEmpty("it is five");
    }

    [Theory]
    [InlineData("greta@mailinator.com", true)]
    [InlineData("greta@inbox.YOPMAIL.com", true)]
    [InlineData("greta@notmailinator.com", false)]
    [InlineData("greta@example.org", false)]
    public void Addresses_to_throw_away_are_known_by_their_domain(string email, bool isDisposable) =>
        EvidenceOf(SignalsOf(email: email)).Contains(RiskSignal.EmailDisposable).ShouldBe(isDisposable);

    [Fact]
    public void An_address_of_whoever_filled_in_the_form_is_not_the_customer_s() =>
        EvidenceOf(SignalsOf(email: "Installer@example.org", staff: "installer@example.org")).ShouldBe([RiskSignal.EmailOfStaff]);

    [Theory]
    [InlineData(nameof(RiskKeyKind.Address), nameof(RiskSignal.AddressHour))]
    [InlineData(nameof(RiskKeyKind.Device), nameof(RiskSignal.DeviceHour))]
    [InlineData(nameof(RiskKeyKind.Phone), nameof(RiskSignal.PhoneHour))]
    [InlineData(nameof(RiskKeyKind.Home), nameof(RiskSignal.HomeHour))]
    [InlineData(nameof(RiskKeyKind.Starter), nameof(RiskSignal.StarterHour))]
    public void Many_from_the_same_place_count_by_the_hour_the_day_and_30_days(string kind, string hour)
    {
        var key = Enum.Parse<RiskKeyKind>(kind);
        var first = Enum.Parse<RiskSignal>(hour);

        EvidenceOf(SignalsOf(counts: CountsOf(key, new KeyCount(1000, 1000, 1000, 0)))).ShouldBe([first, first + 1, first + 2]);
        EvidenceOf(SignalsOf(counts: CountsOf(key, new KeyCount(0, 1000, 1000, 0)))).ShouldBe([first + 1, first + 2]);
        EvidenceOf(SignalsOf(counts: CountsOf(key, new KeyCount(0, 0, 1000, 0)))).ShouldBe([first + 2]);
        EvidenceOf(SignalsOf(counts: CountsOf(key, new KeyCount(1, 1, 1, 0)))).ShouldBeEmpty();
    }

    [Fact]
    public void A_phone_or_a_device_of_other_customers_counts()
    {
        EvidenceOf(SignalsOf(counts: CountsOf(RiskKeyKind.Phone, new KeyCount(1, 1, 1, 1)))).ShouldBe([RiskSignal.PhoneOfOthers]);
        EvidenceOf(SignalsOf(counts: CountsOf(RiskKeyKind.Device, new KeyCount(2, 2, 2, 2)))).ShouldBe([RiskSignal.DeviceOfOthers]);
    }

    [Fact]
    public void Who_starts_applications_is_measured_by_what_becomes_of_all()
    {
        var all = new Fates(200, Declined: 20, Withdrawn: 10, Duplicates: 0, Fraud: 2);

        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(10, 6, 0, 0, 0), all))).ShouldBe([RiskSignal.StarterDeclined]);
        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(10, 0, 5, 0, 0), all))).ShouldBe([RiskSignal.StarterWithdrawn]);
        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(10, 0, 0, 4, 0), all))).ShouldBe([RiskSignal.StarterDuplicates]);
        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(1, 0, 0, 0, 1), all))).ShouldBe([RiskSignal.StarterFraud]);
        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(10, 1, 0, 0, 0), all))).ShouldBeEmpty("as all do");
        EvidenceOf(SignalsOf(counts: RatesOf(new Fates(9, 9, 9, 9, 0), all))).ShouldBeEmpty("of nine nothing is known");
    }

    private static RiskCounts CountsOf(RiskKeyKind kind, KeyCount count) =>
        new(new Dictionary<RiskKeyKind, KeyCount> { [kind] = count }, new Fates(0, 0, 0, 0, 0), new Fates(0, 0, 0, 0, 0));

    private static RiskCounts RatesOf(Fates own, Fates all) => new(new Dictionary<RiskKeyKind, KeyCount>(), own, all);

    private static IReadOnlyDictionary<RiskSignal, decimal> SignalsOf(
        ObservedForm? form = null,
        ObservedRequest? request = null,
        DateTimeOffset? now = null,
        string email = "greta@example.org",
        string staff = "",
        RiskCounts? counts = null
    )
    {
        var customer = new CustomerSummary(Unique.Id(), "Greta Sommer", email, "Sonnenweg 1\n10115 Berlin\nDE");
        var subject = new RiskSubject
        {
            ApplicationId = Unique.Id(),
            CustomerIds = [customer.Id],
            StartedBy = UserReference.System,
            StaffLogins = [staff],
            Form = form,
            Request = request,
        };
        return RiskSignals.Of(
            subject,
            [customer],
            counts ?? RatesOf(new Fates(0, 0, 0, 0, 0), new Fates(0, 0, 0, 0, 0)),
            Berlin,
            now ?? Noon
        );
    }

    private static IEnumerable<RiskSignal> EvidenceOf(IReadOnlyDictionary<RiskSignal, decimal> signals) =>
        RiskModel.Standard.Score(signals).Methods.SelectMany(method => method.Evidence).Select(evidence => evidence.Signal);
}

using Lending.Customers.Contracts;

namespace Lending.Applications.Risk;

/// <summary>The numbers of an application: what was observed, as what a model counts.</summary>
internal static class RiskSignals
{
    private const int NightEndsAtHour = 5;
    private const decimal SecondsToReadAField = 2;
    private const int Decimals = 4;

    // Rates of fewer applications say nothing of who started them.
    private const int FewestApplications = 10;

    // Programs say so themselves unless they are told to hide it.
    private static readonly string[] ProgramMarks =
    [
        "Headless",
        "PhantomJS",
        "Selenium",
        "Puppeteer",
        "Playwright",
        "python-requests",
        "curl/",
    ];

    // What a user agent has of a system. What is longer stands first: Android's has Linux, too, and an iPhone's has Mac OS X.
    private static readonly (string Mark, string System)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    public static IReadOnlyDictionary<RiskSignal, decimal> Of(
        RiskSubject subject,
        IReadOnlyList<CustomerSummary> applicants,
        RiskCounts counts,
        TimeZoneInfo zone,
        DateTimeOffset now
    )
    {
        var signals = new SortedDictionary<RiskSignal, decimal>
        {
            [RiskSignal.EmailDisposable] = One(applicants.Any(customer => DisposableDomains.Has(customer.Email))),
            [RiskSignal.EmailOfStaff] = One(
                applicants.Any(customer => subject.StaffLogins.Contains(customer.Email, StringComparer.OrdinalIgnoreCase))
            ),
        };
        if (counts.Keys.TryGetValue(RiskKeyKind.Phone, out var phone))
        {
            signals[RiskSignal.PhoneOfOthers] = phone.OtherCustomers;
        }
        if (counts.Keys.TryGetValue(RiskKeyKind.Device, out var device))
        {
            signals[RiskSignal.DeviceOfOthers] = device.OtherCustomers;
        }
        AddVelocity(signals, counts);
        AddForm(signals, subject.Form, zone, now);
        if (subject.Request is { } request)
        {
            AddRequest(signals, request, subject.Form, zone, now);
        }
        AddStarter(signals, counts.OfStarter, counts.OfAll);
        return signals;
    }

    private static void AddVelocity(SortedDictionary<RiskSignal, decimal> signals, RiskCounts counts)
    {
        (RiskKeyKind Kind, RiskSignal Hour, RiskSignal Day, RiskSignal Month)[] all =
        [
            (RiskKeyKind.Address, RiskSignal.AddressHour, RiskSignal.AddressDay, RiskSignal.AddressMonth),
            (RiskKeyKind.Device, RiskSignal.DeviceHour, RiskSignal.DeviceDay, RiskSignal.DeviceMonth),
            (RiskKeyKind.Phone, RiskSignal.PhoneHour, RiskSignal.PhoneDay, RiskSignal.PhoneMonth),
            (RiskKeyKind.Home, RiskSignal.HomeHour, RiskSignal.HomeDay, RiskSignal.HomeMonth),
            (RiskKeyKind.Starter, RiskSignal.StarterHour, RiskSignal.StarterDay, RiskSignal.StarterMonth),
        ];
        foreach (var (kind, hour, day, month) in all)
        {
            if (counts.Keys.TryGetValue(kind, out var count))
            {
                (signals[hour], signals[day], signals[month]) = (count.Hour, count.Day, count.Month);
            }
        }
    }

    private static void AddForm(SortedDictionary<RiskSignal, decimal> signals, ObservedForm? form, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (form is null)
        {
            return;
        }
        if (form is { Seconds: { } seconds, Fields: { } fields })
        {
            signals[RiskSignal.FormFast] = Math.Round(SecondsToReadAField * fields / Math.Max(seconds, 1), Decimals);
        }
        if (form.KeyIntervalVariation is { } variation)
        {
            signals[RiskSignal.KeysEven] = 1 - Math.Min(variation, 1);
        }
        if (form is { PastedFields: { } pasted, Fields: { } all and > 0 })
        {
            signals[RiskSignal.FieldsPasted] = Math.Min(Math.Round((decimal)pasted / all, Decimals), 1);
        }
        if (form.HoneypotFilled is { } isFilled)
        {
            signals[RiskSignal.HoneypotFilled] = One(isFilled);
        }
        if (form.FocusEvents is { } events)
        {
            signals[RiskSignal.NoFocus] = One(events == 0);
        }
        if (form.IsAutomated is { } isAutomated)
        {
            signals[RiskSignal.Automated] = One(isAutomated);
        }
        if (form.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var its))
        {
            signals[RiskSignal.TimeZoneFar] = (decimal)Math.Abs((its.GetUtcOffset(now) - zone.GetUtcOffset(now)).TotalHours);
        }
    }

    private static void AddRequest(
        SortedDictionary<RiskSignal, decimal> signals,
        ObservedRequest request,
        ObservedForm? form,
        TimeZoneInfo zone,
        DateTimeOffset now
    )
    {
        signals[RiskSignal.Night] = One(TimeZoneInfo.ConvertTime(now, zone).Hour < NightEndsAtHour);
        if (ProgramMarks.Any(mark => request.UserAgent.Contains(mark, StringComparison.OrdinalIgnoreCase)))
        {
            signals[RiskSignal.Automated] = 1;
        }
        if (form?.Language is { Length: > 0 } language && request.AcceptLanguage.Length > 0)
        {
            signals[RiskSignal.LanguageDiffers] = One(
                !PrimaryOf(language).Equals(PrimaryOf(request.AcceptLanguage), StringComparison.OrdinalIgnoreCase)
            );
        }
        var said = Array.Find(Systems, system => request.UserAgent.Contains(system.Mark, StringComparison.Ordinal)).System;
        if (said is not null && Array.Exists(Systems, system => system.System == form?.System))
        {
            signals[RiskSignal.SystemDiffers] = One(said != form!.System);
        }
    }

    private static void AddStarter(SortedDictionary<RiskSignal, decimal> signals, Fates own, Fates all)
    {
        signals[RiskSignal.StarterFraud] = own.Fraud;
        if (own.Applications < FewestApplications)
        {
            return;
        }
        signals[RiskSignal.StarterDeclined] = Above(fates => fates.Declined);
        signals[RiskSignal.StarterWithdrawn] = Above(fates => fates.Withdrawn);
        signals[RiskSignal.StarterDuplicates] = Above(fates => fates.Duplicates);

        decimal Above(Func<Fates, int> count) => Math.Max(0, Math.Round(Share(own, count) - Share(all, count), Decimals));

        static decimal Share(Fates fates, Func<Fates, int> count) => (decimal)count(fates) / fates.Applications;
    }

    // Of "de-DE,de;q=0.9" the "de".
    private static string PrimaryOf(string languages) => languages.Split(',', ';', '-')[0].Trim();

    private static decimal One(bool isSo) => isSo ? 1 : 0;
}

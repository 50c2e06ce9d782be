using System.Globalization;
using Lending.Kernel;
using Lending.Pdf;

namespace Lending.Portal.Pages;

/// <summary>Who reads a page: their language, and where and when they are.</summary>
public sealed class Reader(DocumentLanguage language, string path, string root)
{
    /// <summary>The language as in <c>de</c> (BCP 47).</summary>
    public string Language => language.Code;

    /// <summary>The page that they read; links to the same in another language lead there.</summary>
    public string Page => To(path);

    /// <summary>Where a page of ours is for browsers: below the path of the public address, if that has one.</summary>
    public string To(string page) => root + page;

    /// <summary>Where the pages of an offer begin.</summary>
    public string ToOffer(Guid id) => To($"/loan-offers/{id}");

    /// <summary>Where the pages of a customer begin.</summary>
    public string ToCustomer(Guid linkId) => To($"/customer-links/{linkId}");

    /// <summary>The words in the reader's language.</summary>
    public string Say(string english, string german) => language.Say(english, german);

    /// <summary>An amount with its currency.</summary>
    public string Money(decimal amount, string currency) => language.Money(amount, Currency.Get(currency));

    /// <summary>A rate in percent.</summary>
    public string Percent(decimal rate) => language.Percent(rate, "0.00##");

    /// <summary>A day in words.</summary>
    public string Day(DateOnly day) => language.LongDate(day);

    /// <summary>A day in a table.</summary>
    public string ShortDay(DateOnly day) => language.ShortDate(day);

    /// <summary>The last day before a moment from which on something is over, there.</summary>
    public string LastDay(DateTimeOffset end, string timeZone) =>
        Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end.AddTicks(-1), TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime));

    /// <summary>A moment, as clocks show it in this time zone.</summary>
    public string Moment(DateTimeOffset at, string timeZone)
    {
        var there = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        var time = there.ToString("HH:mm", CultureInfo.InvariantCulture);
        return Say($"{Day(DateOnly.FromDateTime(there.DateTime))}, {time}", $"{Day(DateOnly.FromDateTime(there.DateTime))}, {time} Uhr");
    }
}

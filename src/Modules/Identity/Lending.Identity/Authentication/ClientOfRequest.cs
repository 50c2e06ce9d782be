using System.Net;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Lending.Identity.Authentication;

/// <summary>From where, and with what, somebody sends the present request.</summary>
internal sealed class ClientOfRequest(IHttpContextAccessor accessor)
{
    /// <summary>The longest text of <see cref="Device"/>, in characters.</summary>
    public const int MaximumDeviceLength = 60;

    /// <summary>The longest text of an address, in characters.</summary>
    public const int MaximumAddressLength = 45;

    // The first that the header names: Edge's names Chrome and Safari, too.
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>The client's address; empty where there is none.</summary>
    public string Address => Remote?.ToString() ?? "";

    /// <summary>What failed logins are counted by; empty where there is no address.</summary>
    public string Network => Remote?.NetworkOf() ?? "";

    /// <summary>The program and system in a few words, such as <c>Firefox on Windows</c>.</summary>
    public string Device => Describe(accessor.HttpContext?.Request.Headers.UserAgent.ToString() ?? "");

    private IPAddress? Remote => accessor.HttpContext?.Connection.RemoteIpAddress.Unwrapped();

    /// <summary>What a <c>User-Agent</c> header says, in a few words.</summary>
    public static string Describe(string userAgent)
    {
        var program = NameIn(userAgent, Programs);
        var system = NameIn(userAgent, Systems);
        return (program, system) switch
        {
            (not null, not null) => $"{program} on {system}",
            (not null, null) => program,
            (null, not null) => system,
            _ => FirstWordOf(userAgent),
        };
    }

    private static string? NameIn(string userAgent, (string Mark, string Name)[] names) =>
        names.FirstOrDefault(name => userAgent.Contains(name.Mark, StringComparison.Ordinal)).Name;

    private static string FirstWordOf(string userAgent)
    {
        var word = string.Concat(userAgent.TakeWhile(char.IsAsciiLetterOrDigit).Take(MaximumDeviceLength));
        return word.Length == 0 ? "Unknown" : word;
    }
}

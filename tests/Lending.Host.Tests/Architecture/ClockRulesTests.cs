using System.Reflection;
using Lending.Platform.Jobs;

namespace Lending.Host.Tests.Architecture;

/// <summary>Business goes by the organisation's clock, which in a sandbox is not the real one; only what has a reason goes by the real one.</summary>
public sealed class ClockRulesTests
{
    /// <summary>Modules that are about who somebody is, what was done when, and what is sent to whom and tried again.</summary>
    private static readonly string[] RealTimeModules = ["Lending.Audit", "Lending.Identity", "Lending.Webhooks"];

    private static readonly Dictionary<string, string> RealTime = new(StringComparer.Ordinal)
    {
        ["FakeBureau"] = "stands for somebody outside",
        ["FileExaminer"] = "measures how long the scanner takes",
        ["HttpBureau"] = "stands for somebody outside",
        ["KnownBaseRates"] = "measures how old what it remembers is",
        ["LocalClamd"] = "measures how long the scanner takes",
        ["MailSignature"] = "tells the receivers of mails when they were signed",
        ["Signer"] = "is given the clock of MailSignature",
        ["StripeEvents"] = "measures how long ago Stripe has signed",
        ["UploadForm"] = "is given the clock of its slice",
        ["VirusScanner"] = "measures how long the scanner takes",
    };

    [Fact]
    public void Everything_but_these_goes_by_the_organisations_clock()
    {
        var modules = LendingHost.Modules.Select(module => module.GetType().Assembly).ToList();
        RealTimeModules.ShouldBeSubsetOf(modules.Select(module => module.GetName().Name!));
        var types = modules
            .Where(module => !RealTimeModules.Contains(module.GetName().Name))
            .SelectMany(module => module.GetTypes())
            .ToList();
        types.Count.ShouldBeGreaterThan(500);

        // Jobs pass on the real one, by which their turns come.
        types
            .Where(type => TakesRealTime(type) && !type.IsSubclassOf(typeof(RepeatedJob)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(RealTime.Keys, ignoreOrder: true, "a slice or a scoped service takes OrganizationClock");
        TakesRealTime(typeof(BadSamples.HastySlice)).ShouldBeTrue();
    }

    private static bool TakesRealTime(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.ParameterType == typeof(TimeProvider));
}

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Lending.Portal.Browser.Tests;

/// <summary>Somebody's browser, new for each test.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly string locale;
    private readonly List<string> complaints = [];
    private readonly List<string> obstacles = [];

    private Visit(IBrowserContext context, IPage page, string locale)
    {
        this.context = context;
        this.locale = locale;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>What keeps somebody from using the pages that were looked at.</summary>
    public IReadOnlyList<string> Obstacles => obstacles;

    /// <summary>Pictures of this run, for people to look at.</summary>
    private static string Pictures => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    public static async Task<Visit> StartAsync(BrowserFixture fixture, string locale, bool hasScripts = true)
    {
        var opened = await fixture.Browser.NewContextAsync(new() { Locale = locale, JavaScriptEnabled = hasScripts });
        // A browser beside all other tests is slow.
        opened.SetDefaultTimeout((float)TimeSpan.FromMinutes(2).TotalMilliseconds);
        return new Visit(opened, await opened.NewPageAsync(), locale);
    }

    /// <summary>Presses Tab until this has the focus, and sees that one can see it.</summary>
    public async Task TabToAsync(string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var isThere = await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector);
            if (isThere)
            {
                (await Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldBe(
                    "solid",
                    selector
                );
                return;
            }
        }
        throw new InvalidOperationException($"Tab never reaches {selector}.");
    }

    /// <summary>Notes what axe finds on a wide screen and on one of 320 pixels, and whether there is something to the right of it.</summary>
    public async Task LookAsync(string name)
    {
        foreach (var width in (int[])[1280, 320])
        {
            await Page.SetViewportSizeAsync(width, 800);
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{locale}-{width}.png"), FullPage = true });
            var found = await Page.RunAxe();
            // It looked at something.
            found.Passes.ShouldNotBeEmpty();
            obstacles.AddRange(
                found.Violations.SelectMany(violation =>
                    violation.Nodes.Select(node => $"{name}, {locale}, {width}: {violation.Id}: {violation.Help}: {node.Html}")
                )
            );
            var reached = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            if (reached > width)
            {
                obstacles.Add($"{name}, {locale}, {width}: reaches to {reached}");
            }
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Lending.Loans.Tests.Repeating;

/// <summary>Breaks the connection of a request that asks for it at the moment when its answer begins to be sent: all that the host does before is done.</summary>
internal sealed class BreakingAnswers : IStartupFilter
{
    public const string Header = "X-Break-Answer";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, rest) =>
                {
                    if (context.Request.Headers.ContainsKey(Header))
                    {
                        context.Response.OnStarting(() =>
                        {
                            context.Abort();
                            return Task.CompletedTask;
                        });
                    }
                    return rest(context);
                }
            );
            next(app);
        };
}

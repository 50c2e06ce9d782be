using Lending.Identity.Contracts;

namespace Lending.Host.Verbs;

/// <summary>Lets an administrator of the platform in again, for whoever runs the host.</summary>
internal static class RecoverAdmin
{
    public static async Task<int> ExecuteAsync(string? username, CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        await using var scope = host.App.Services.CreateAsyncScope();
        var recovered = await scope.ServiceProvider.GetRequiredService<IAdministratorRecovery>().RecoverAsync(username, ct);
        // Written to the terminal of whoever started this, and never to a log.
        await Console.Out.WriteLineAsync(
            $"The administrator {recovered.Username} has the password {recovered.Password}\nLog in with it, and change it. All earlier sessions have ended."
        );
        return 0;
    }
}

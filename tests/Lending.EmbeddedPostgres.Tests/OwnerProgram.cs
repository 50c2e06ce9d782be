using System.Diagnostics;

namespace Lending.EmbeddedPostgres.Tests;

/// <summary>Another process that owns a server, leading a process group of its own as a program in a terminal does.</summary>
internal sealed class OwnerProgram : IDisposable
{
    private readonly Process process;

    public OwnerProgram(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Lending.EmbeddedPostgres.Tests.Owner.dll");
        // Whatever a shell starts in the background inherits that Ctrl+C is ignored, and so would this.
        process = Process.Start(
            new ProcessStartInfo("setsid", ["env", "--default-signal=INT", "dotnet", program, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
    }

    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task InterruptGroupAsync()
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -INT -{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }

    public async Task FinishAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}

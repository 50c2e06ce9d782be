using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lending.Testing;

/// <summary>A program that listens on a port, for as long as a test needs it.</summary>
public sealed class Neighbour : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly StringBuilder output = new();
    private readonly Process process;

    private Neighbour(Process process) => this.process = process;

    /// <summary>All that it wrote so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<Neighbour> StartAsync(int port, string[] command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var neighbour = new Neighbour(new Process { StartInfo = start });
        neighbour.process.OutputDataReceived += (_, line) => neighbour.Append(line.Data);
        neighbour.process.ErrorDataReceived += (_, line) => neighbour.Append(line.Data);
        neighbour.process.Start();
        neighbour.process.BeginOutputReadLine();
        neighbour.process.BeginErrorReadLine();
        try
        {
            await neighbour.UntilAsync(() => IsListening(port), $"listens on {port}");
            return neighbour;
        }
        catch
        {
            await neighbour.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has written a text so often.</summary>
    public Task WaitForAsync(string text, int times = 1) => UntilAsync(() => Output.Split(text).Length > times, $"writes '{text}'");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > Longest)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} never {what}:\n{Output}");
            }
            await Task.Delay(Pause);
        }
    }

    private static bool IsListening(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (output)
        {
            output.Append(line).Append('\n');
        }
    }
}

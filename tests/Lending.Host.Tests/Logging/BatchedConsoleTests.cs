using System.Text;
using Lending.Host.Logging;
using Serilog.Formatting.Json;

namespace Lending.Host.Tests.Logging;

/// <summary>Log lines go out in batches, and all of them do.</summary>
public sealed class BatchedConsoleTests
{
    [Fact]
    public void The_lines_of_many_threads_are_all_written_and_none_is_torn()
    {
        const int threads = 8;
        const int linesEach = 2000;
        var output = new MemoryStream();
        using (var console = new BatchedConsole(new JsonFormatter(), output))
        {
            Parallel.For(
                0,
                threads,
                thread =>
                {
                    for (var line = 0; line < linesEach; line++)
                    {
                        console.Write(Encoding.UTF8.GetBytes($"thread {thread} line {line}\n"));
                    }
                }
            );
        }

        var lines = Lines(output);
        lines.Length.ShouldBe(threads * linesEach);
        lines.Distinct().Count().ShouldBe(threads * linesEach);
        lines.ShouldAllBe(line => line.StartsWith("thread "));
    }

    [Fact]
    public void A_write_that_fails_loses_its_lines_and_nothing_else()
    {
        var output = new FailingOnce();
        using (var console = new BatchedConsole(new JsonFormatter(), output))
        {
            console.Write("lost\n"u8);
            output.HasFailed.Wait(TestContext.Current.CancellationToken);
            console.Write("written\n"u8);
        }
        Lines(output).ShouldBe(["written"]);
    }

    [Fact]
    public async Task Who_writes_faster_than_the_console_waits_for_it()
    {
        const int megabyte = 1024 * 1024;
        var output = new Stuck();
        var console = new BatchedConsole(new JsonFormatter(), output);
        console.Write("first\n"u8);
        output.IsEntered.Wait(TestContext.Current.CancellationToken);
        // What is waiting now is more than may.
        console.Write(new byte[5 * megabyte]);

        var last = Task.Run(() => console.Write("last\n"u8), TestContext.Current.CancellationToken);
        (await Task.WhenAny(last, Task.Delay(200, TestContext.Current.CancellationToken))).ShouldNotBe(last);
        output.Go.Set();
        await last;
        console.Dispose();
        output.Length.ShouldBe("first\n".Length + 5 * megabyte + "last\n".Length);
    }

    private static string[] Lines(MemoryStream output) =>
        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class FailingOnce : MemoryStream
    {
        public ManualResetEventSlim HasFailed { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!HasFailed.IsSet)
            {
                HasFailed.Set();
                throw new IOException("No space left on device");
            }
            base.Write(buffer);
        }
    }

    private sealed class Stuck : MemoryStream
    {
        public ManualResetEventSlim IsEntered { get; } = new();

        public ManualResetEventSlim Go { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            IsEntered.Set();
            Go.Wait();
            base.Write(buffer);
        }
    }
}

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lending.Benchmarks;

// In this process: a project that BenchmarkDotNet writes would have to pass the analysers. Many short iterations: on a machine that others
// use, the column Min shows the code, Mean shows the neighbours.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(32).WithWarmupCount(400).WithIterationCount(300);
var config = DefaultConfig
    .Instance.AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Min, StatisticColumn.Median);
BenchmarkSwitcher.FromAssembly(typeof(LoanBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);

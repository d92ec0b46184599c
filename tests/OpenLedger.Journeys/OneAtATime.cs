using Xunit.Sdk;
using Xunit.v3;

// Every class of journeys has a Studio and a browser of its own, and each of them takes all the processors it finds.
[assembly: Parallelization(Mode = ParallelMode.None)]

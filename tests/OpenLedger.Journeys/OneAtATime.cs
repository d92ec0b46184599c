// Every class of journeys has a Studio and a browser of its own, and each of them takes all the processors it finds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

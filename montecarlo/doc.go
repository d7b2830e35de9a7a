// Package montecarlo lives every child's life of a programme many times over,
// with and without the programme, and says what that comes to.
//
// # Replications
//
// In one replication [Run] draws how many children each cohort has and, for
// every child, the week of referral, the commissioner, the age, and two lives:
// one without the programme (counterfactual) and one with it (intervention).
// The weeks of both, and the units that the second earns, are counted into a
// contract.Tally; the tally is priced into a contract.Ledger; and every figure
// of the [Result] is worked out from the two. Over the replications each figure
// has a mean, a standard deviation, a Monte Carlo standard error and quantiles.
//
// # Two figures that are never mixed
//
// Beside every mean stands the central projection: the same figure priced at
// exact expected weeks (package model/expect). Where no cap in pounds lies
// between weeks and the figure it is the exact mean, Summary.Exact is true and
// [Check] holds the simulation against it. Where a cap binds the two differ,
// because the mean of capped amounts is less than the cap of the mean.
//
// # Luck
//
// Every random number is a word keyed by what it is for: seed, replication,
// cohort, child, state and how many times the child has been there. Nothing is
// drawn in sequence. So the two arms of a child, and the same child in two
// cases, share luck wherever they share history (common random numbers), which
// takes most of the noise out of differences; and the number of workers, the
// order of lists and an added cohort change no other figure. A planned state
// has the luck of its parent: a programme that changes no rate changes no life,
// and avoids exactly £0.
//
// The word of a stay gives an exponential amount of hazard to live through; the
// child moves at the end of the week in which it is used up, and other bits of
// the word say where to. Hazards are whole numbers of 2^-40, so that [Jump],
// which divides, and [Walk], which counts week by week, agree exactly. [Plain]
// is the textbook engine, one number per child-week, which shares only the
// programme with the other two.
//
// # What the spread means
//
// The range of a figure is process uncertainty: how children's lives may turn
// out at fixed rates. It says nothing about how well the rates are known, which
// matters more, and it is not the range between the low and the high case. The
// spread of a difference between arms or cases also depends on their sharing
// luck; its mean does not.
//
// # Many replications, and many children
//
// Any range of replications can be run anywhere: [RunShard] runs one and [Merge]
// puts the parts together, to the same bytes as one run. Where the values of all
// replications would take more than Options.MemoryLimit, histograms are kept in
// their place and quantiles say how exact they are.
//
// The spread of a figure grows with the square root of the number of children,
// the figure with their number. Beyond some 20,000 children the simulation adds
// little: the exact mean and, for payable units, the exact standard deviation
// (Summary.ExactSD) say nearly all about process uncertainty, and a normal law
// between them is as good as a thousand replications. What is left for it is
// what lies beyond caps, minima and capital.
//
// # What it does not do
//
// It does not choose rates, draw parameters or fit anything, and it reads and
// writes no files.
package montecarlo

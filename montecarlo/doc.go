// Package montecarlo runs a programme many times over, with and without it, and
// reports the distribution of every figure.
//
// # Replications
//
// In each replication [Run] has package lives simulate every child in both arms
// and count the result into a contract.Tally; the tally is priced into a
// contract.Ledger; and every figure of the [Result] is worked out from the two.
// Over the replications each figure has a mean, a standard deviation, a Monte
// Carlo standard error and quantiles. Random numbers are keyed by what they are
// for, so that the arms and the cases share them and no result depends on the
// number of workers: see package lives.
//
// # Two figures that are never mixed
//
// Beside every mean stands the central projection: the same figure priced at
// exact expected weeks (package model/expect). Where no cap in pounds lies
// between weeks and the figure it is the exact mean, Summary.Exact is true and
// [Check] compares the simulation with it. Where a cap binds the two differ,
// because the mean of capped amounts is less than the cap of the mean.
//
// # What the spread means
//
// Where the programme file says how well its inputs are known (package scenario),
// every replication draws them anew: one draw, shared by both arms and by all
// versions of a comparison, each input from a stream of random numbers of its own, so
// that another input changes no draw. An input that goes together with one which an
// edit makes certain is drawn as before the edit. The range and the probability of a figure are
// then over chance and rates together, and [Summary.Rates] says how much of the
// variance is due to the rates, Var(E[X | draw]) ÷ Var(X), and where the figure would
// lie by chance alone. E[X | draw] is exact where nothing in pounds lies between weeks
// and the figure, and is otherwise estimated from two replications of each draw.
// [Result.Influences] says which input a figure goes with, and [ExpectedAt] works out
// E[X | draw] for values of the inputs that a caller gives.
//
// Where the file holds the draws of a case to what was paid ([model.Conditioned]), each
// replication takes one of these draws for the inputs in them, by a random number of its
// own, and the others by their laws as ever. [Options.Unconditioned] takes all by their
// laws. Versions that are compared do without such draws if one of them cannot have any.
//
// At fixed rates, which are those of a file that says nothing of its inputs or of
// [Options.FixedRates], the range is process uncertainty: how children's lives may
// turn out. It then says nothing about how well the rates are known, which matters
// more. [Conventions.Uncertainty] says which it is. Neither is the range between the
// low and the high case. The central projection has every input at its stated value.
//
// What would have become of a child without the programme is never observed, so no
// data fix how much luck the two lives of a child share. No mean depends on it; the
// range of every figure that contains avoided cost does. Each is worked out in two
// pairings, from the same seed: with common random numbers, and with independent
// lives from the start on (see package lives). Ranges, standard deviations and
// probabilities come from the pairing in which the total has the wider range from
// 5% to 95%, which Summary.Pairing names, and Summary.OtherPairing has the other.
// Means and their errors come from common random numbers. So do differences
// between versions, which share them throughout: see [Compare].
//
// # Many replications, and many children
//
// How many replications are enough is said by the Monte Carlo standard error of a
// mean, Distribution.StdErr, which falls with the square root of their number. With
// [Options.Until] a run goes on until it is small enough, and [Result.Stopping] says
// how well the means are then known. Where inputs are uncertain, the values drawn are
// control variates: their means are known exactly, and regression on them takes off
// most of the error that the draws leave. In DN2 that is worth two and a half to six
// times as many replications for the net public saving, and three to fourteen
// times as many for outcome payments ([KnownMean.Gain]). Means elsewhere in a result
// are plain ones, and no quantile or probability gains from it.
//
// Any range of replications can be run anywhere: [RunShard] runs one and [MergeFrom]
// puts the parts together, to the same bytes as one run. Where the values of all
// replications would take more than Options.MemoryLimit, histograms are kept
// instead, and each quantile states its accuracy.
//
// The spread of a figure grows with the square root of the number of children,
// the figure with their number. Beyond some 20,000 children the simulation adds
// little: the exact mean and, for payable units, the exact standard deviation
// (Summary.ExactSD) say nearly all about process uncertainty, and the normal
// distribution with these two is as good as a thousand replications. Simulation
// is still needed for what lies beyond caps, minima and capital.
//
// # What it does not do
//
// It chooses no rates and no laws, and fits nothing: draws are by the laws of the
// file. It reads and writes no files.
package montecarlo

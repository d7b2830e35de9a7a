// Package population forecasts all looked-after children of a council, by state and age,
// one to six years ahead: how many there will be, how sure that is, what they cost, and
// what a council would save that changes who comes and who moves.
//
//	p, err := population.FromSpells(spells, population.Settings{From: care.Window.From, To: care.Window.To, Home: "reunified"})
//	lever, err := population.ParseLever("residential entries -5%")
//	f, err := p.Forecast(ctx, population.Options{Years: 4, Replications: 2000, Seed: 1, Levers: []population.Lever{lever}})
//
// # Who is followed
//
// Every child in care on the last day, from its state, exact age and weeks in the state.
// Every child at home for less than two years, who may come back: see [Settings]. And those
// who will come: a Poisson number in each week, by state and year of age, at the rate at
// which they came. Nobody is in care from the 18th birthday on, and leaving then is no move.
//
// # The rates
//
// Package estimate counts time at risk and moves by state, age and weeks in the state.
// Bands with few moves are joined. A hazard that rests on n moves, or a rate of entries
// that rests on n entries, is known as Gamma's law with mean 1 and variation 1/√n knows it:
// the law of the rows that package estimate writes for a programme file.
//
// # What is exact
//
// Weeks are stepped by package markov alone. The children of today are independent of each
// other and those who come are a thinned Poisson process, so that the mean and the variance
// of every number of children are exact; they take about a tenth of a second. Costs are
// priced at expected weeks: no child is rounded. Replications give ranges: with rates drawn
// anew in each, and beside it from chance alone. Each random number is keyed by the child
// and the move that it is for, so that a lever meets the same children with the same luck,
// and the range of a saving is that of a pair.
//
// A range does not cover rates that drift, nor children who come together: see
// [Population.Clustering].
//
//	population.go  who is followed, and the clock of a childhood
//	moves.go       rates to rows
//	lever.go       what a council might do
//	exact.go       means and variances
//	simulate.go    replications
//	lines.go       what is counted, and what is kept out of sight
//	costs.go       unit costs
//	forecast.go    all together
package population

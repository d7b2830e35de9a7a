// Package lives simulates the children of a programme, with and without it, and
// counts what happens to them. It knows no money: a replication ends in a
// contract.Tally of weeks by state and of payable units, which package contract
// prices.
//
//	tables, err := lives.NewTables(programme)    // once for a programme
//	simulator := tables.Simulator(lives.Jump)    // one for each worker
//	tally := simulator.Replicate(seed, 0)        // valid until the next call
//	err = tables.Redraw(other)                   // other rates, same structure
//
// # One replication
//
// [Simulator.Replicate] draws how many children each cohort has and, for every
// child, the week of referral, the commissioner, the age, whether the child will
// start, and two lives: one without the programme (the counterfactual arm) and
// one with it (the intervention arm). Both are counted into the tally from
// referral to the 18th birthday or the horizon; so are the units that each metric
// pays for the life with the programme, by the rules that depend on that one
// child's path. Where capacity is limited, starts go to children in order of
// referral.
//
// # Keyed random words
//
// Every random number is a 64-bit word that depends only on what it is for: the
// seed, replication, cohort, child, state and how often the child has been in that
// state. Nothing is drawn in sequence. The number of workers, the order in which
// anything is listed and an added cohort therefore change no other figure, and any
// replication can be simulated alone.
//
// # Common random numbers
//
// The arms of a child share their words for as long as they share their history,
// and so does the same child in two versions of a programme. This takes most of
// the noise out of differences; it changes the spread of a difference and no mean.
// A planned state uses the words of its parent. A programme that changes no
// transition probability therefore changes no life, and avoids exactly nothing.
//
// # Independent lives
//
// How the lives of a child share luck is a choice, because only one of them is ever
// lived. So the life without the programme of a child who starts is drawn twice:
// with common random numbers, and from the start on with words of its own, given
// the state then and the weeks in it. Referral, week, commissioner, age and the
// draw of the start are the same, and a child who does not start has one life. The
// tally counts the second in its Independent. Its mean is that of the first; the
// spread of its difference from the life with the programme is not.
//
// # The law of a move
//
// A word gives an exponential threshold of hazard and a destination. Each week in a
// state uses up that week's hazard, -ln(1 - p) for a probability p of leaving, and
// the child moves at the end of the week in which the threshold is reached.
// Hazards are whole numbers of 2^-40.
//
// # Engines
//
// [Jump] goes from move to move and finds the week of each by one division. Children
// live in blocks, side by side, unless they wait for one another where capacity is
// limited. [Walk] takes the same words and goes week by week, one child after the
// other; because hazards are whole numbers the two agree in every cell of every tally.
// [Plain] is the textbook method, one
// random number for each child and week, and shares only the programme with the
// other two. What its arms have in common is therefore not what theirs have; its
// independent lives are paired as theirs are. Use Jump; the others are there to check it.
//
// # Other rates
//
// An analysis that draws transition probabilities anew does not need new tables.
// [Tables.Redraw] takes the probabilities and numbers of children of a programme
// with the same structure, in microseconds and without allocating.
package lives

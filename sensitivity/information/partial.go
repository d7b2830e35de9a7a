package information

// shifts is how many times columns are given to other draws, to see what the estimate
// of nothing is.
const shifts = 4

// partial estimates what a group is worth knowing, given what each option but the first
// pays more than the first.
func partial(g Group, over [][]float64) Worth {
	n := len(over[0])
	d := newDesign(g.Columns, over)
	w := Worth{Name: g.Name, Terms: d.terms, Estimate: gain(d.fitted(d.solve(d.sums, -1)), nil)}
	w.Value = w.Estimate
	var without []float64
	held := make([]float64, n) // what is gained by choosing draw by draw, by fits without the draw
	best := bestFixed(over)
	for b := range blocks {
		fitted := d.without[b]
		without = append(without, gain(fitted, func(i int) bool { return blockOf(i, n) != b }))
		from, to := d.span(b)
		for i := from; i < to; i++ {
			held[i] = payoff(over, choice(fitted, i), i) - payoff(over, best, i)
		}
	}
	w.StdErr = jackknife(without)
	w.HeldOut, w.HeldOutStdErr = meanError(held)
	for s := range shifts {
		w.Zero += gain(d.fit(shifted(over, (s+1)*n/(shifts+1))), nil) / shifts
	}
	return w
}

// choice is the option that pays most by what is fitted: 0 for the first, against which
// the others are counted.
func choice(fitted [][]float64, draw int) int {
	best, most := 0, 0.0
	for k := range fitted {
		if fitted[k][draw] > most {
			best, most = k+1, fitted[k][draw]
		}
	}
	return best
}

// payoff is what an option pays more than the first.
func payoff(over [][]float64, option, draw int) float64 {
	if option == 0 {
		return 0
	}
	return over[option-1][draw]
}

// bestFixed is the option with the highest mean.
func bestFixed(over [][]float64) int {
	best, most := 0, 0.0
	for k := range over {
		if mean, _ := meanError(over[k]); mean > most {
			best, most = k+1, mean
		}
	}
	return best
}

// shifted gives every draw the payoffs of one so many further on.
func shifted(over [][]float64, by int) [][]float64 {
	var all [][]float64
	for _, values := range over {
		n := len(values)
		moved := make([]float64, n)
		for i := range moved {
			moved[i] = values[(i+by)%n]
		}
		all = append(all, moved)
	}
	return all
}

package estimate

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Rows writes rates as the transitions of a programme file, with how well they are
// known, as package scenario reads them. Rates without a cohort are its background;
// those of cohorts are the background of each.
//
// A row gives the weekly probability of leaving, with a LogNormal range of mean D/N
// and variation 1/√D for D moves, and where leavers go as counts, which vary by
// Dirichlet's law: together they are the Dirichlet law of the row. Where a rate was
// pooled over bands, each move of the row stands by itself, and a factor multiplies the
// pooled one in every band, so that it is one unknown and not several.
//
// A file has no rates by age or by period, and no law for a move that nobody made: the
// first is an error, the second is left out of the row. Of [Suppress]ed rates the row
// says so.
func Rows(rates []Rate) (string, error) {
	for _, r := range rates {
		if r.Age != (Band{}) || !r.From.IsZero() || !r.Before.IsZero() {
			return "", errors.New("the rates are by age or by period, which a programme file has no rows for: count again without ages and periods")
		}
	}
	var w writer
	cohort, state := "", ""
	for i, r := range rates {
		if i == 0 || r.Cohort != cohort {
			w.cohort(r.Cohort, i == 0)
			cohort, state = r.Cohort, ""
		}
		if r.State != state {
			state = r.State
			w.row(rates, r.Cohort, state)
		}
	}
	w.factors()
	return w.String(), nil
}

// writer writes rows.
type writer struct {
	strings.Builder

	indent string
	path   string // of the present background
	pooled []pool // in order
}

// cohort opens a background.
func (w *writer) cohort(name string, first bool) {
	if name == "" {
		w.indent, w.path = "  ", "background"
		w.WriteString("background:\n")
		return
	}
	if first || w.indent == "  " {
		w.WriteString("cohorts:\n")
	}
	w.indent, w.path = "      ", "cohorts."+name+".background"
	fmt.Fprintf(w, "  %s:\n    background:\n", text(name))
}

// row writes the moves out of one state.
func (w *writer) row(rates []Rate, cohort, state string) {
	var bands [][]Rate
	for _, r := range rates {
		if r.Cohort != cohort || r.State != state {
			continue
		}
		if n := len(bands); n == 0 || bands[n-1][0].InState != r.InState {
			bands = append(bands, nil)
		}
		bands[len(bands)-1] = append(bands[len(bands)-1], r)
	}
	if len(bands) == 1 {
		fmt.Fprintf(w, "%s%s: {%s}\n", w.indent, text(state), w.moves(bands[0], ""))
		return
	}
	fmt.Fprintf(w, "%s%s:\n", w.indent, text(state))
	for i, b := range bands {
		span := fmt.Sprintf("%d on", b[0].InState.From)
		if to := b[0].InState.To; to > 0 {
			span = fmt.Sprintf("%d to %d", b[0].InState.From, to-1)
		}
		fmt.Fprintf(w, "%s  - {weeks in state: %s, %s}\n", w.indent, span, w.moves(b, fmt.Sprintf("%s.%s.%d", w.path, state, i+1)))
	}
}

// moves writes the moves of one band, as one hazard with counted destinations or, where
// any was pooled, as a probability for each.
func (w *writer) moves(band []Rate, path string) string {
	band = slices.DeleteFunc(slices.Clone(band), func(r Rate) bool { return r.Moves == 0 })
	if len(band) == 0 {
		return "moves: none"
	}
	if !slices.ContainsFunc(band, func(r Rate) bool { return r.Pooled }) {
		return w.together(band)
	}
	var each []string
	for _, r := range band {
		p, note := r.Probability.Value, w.note(r.Moves, []Rate{r})
		if r.Pooled {
			w.remember(r, path+".moves."+r.To)
			each = append(each, fmt.Sprintf("%s: {value: %s, status: derived, note: %s}", text(r.To), digits(p), text(note)))
			continue
		}
		each = append(each, fmt.Sprintf("%s: {value: %s, range: %s, status: derived, note: %s}", text(r.To), digits(p), ends(p, r.Moves), text(note)))
	}
	return "moves: {" + strings.Join(each, ", ") + "}"
}

// together writes the moves of a band as its hazard and counts.
func (w *writer) together(band []Rate) string {
	sum, p := 0, 0.0
	for _, r := range band {
		sum += r.Moves
		p += r.Probability.Value
	}
	hazard := fmt.Sprintf("{value: %s, range: %s, status: derived, note: %s}", digits(p), ends(p, sum), text(w.note(sum, band)))
	if len(band) == 1 {
		return fmt.Sprintf("hazard: %s, to: {%s: 100%%}", hazard, text(band[0].To))
	}
	var to []string
	for _, r := range band {
		to = append(to, fmt.Sprintf("%s: %d of %d", text(r.To), r.Moves, sum))
	}
	return fmt.Sprintf("hazard: %s, to: {%s}", hazard, strings.Join(to, ", "))
}

// note says what a hazard rests on.
func (w *writer) note(sum int, band []Rate) string {
	if slices.ContainsFunc(band, func(r Rate) bool { return r.Suppressed }) {
		return fmt.Sprintf("about %d moves in %.0f child-weeks; small counts are not the true ones", sum, band[0].Weeks)
	}
	return fmt.Sprintf("%d moves in %.0f child-weeks", sum, band[0].Weeks)
}

// ends are the ends of the 90% range of a LogNormal with a mean and the variation of so
// many moves.
func ends(mean float64, moves int) string {
	sigma2 := math.Log1p(1 / float64(moves))
	middle, spread := math.Log(mean)-sigma2/2, 1.644854*math.Sqrt(sigma2)
	return digits(math.Exp(middle-spread)) + " to " + digits(math.Exp(middle+spread))
}

// pool is one rate in several bands.
type pool struct {
	Rate

	places []string
}

// remember notes where a pooled rate stands.
func (w *writer) remember(r Rate, path string) {
	i := slices.IndexFunc(w.pooled, func(p pool) bool { return p.Cohort == r.Cohort && p.State == r.State && p.To == r.To })
	if i < 0 {
		i = len(w.pooled)
		w.pooled = append(w.pooled, pool{Rate: r})
	}
	w.pooled[i].places = append(w.pooled[i].places, path)
}

// factors writes how well each pooled rate is known.
func (w *writer) factors() {
	if len(w.pooled) == 0 {
		return
	}
	w.WriteString("uncertain:\n")
	for _, p := range w.pooled {
		name := "moves from " + p.State + " to " + p.To
		if p.Cohort != "" {
			name += " of " + p.Cohort
		}
		for i, place := range p.places {
			p.places[i] = text(place)
		}
		fmt.Fprintf(w, "  %s: {multiplies: [%s], factor: {value: 1, range: %s, status: derived}}\n",
			text(name), strings.Join(p.places, ", "), ends(1, p.Moves))
	}
}

// digits writes a probability with four figures, and at most nine decimals.
func digits(p float64) string {
	decimals := min(9, max(0, 3-int(math.Floor(math.Log10(p)))))
	return strconv.FormatFloat(p, 'f', decimals, 64)
}

// text quotes what a programme file would not read as it stands.
func text(s string) string {
	if strings.ContainsAny(s, ",:{}[]#&*!|>'\"%@`") {
		return strconv.Quote(s)
	}
	return s
}

package plot

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// dateTicks marks an axis whose values are days, counted from first. It has a mark
// at the first day of every quarter and labels those that begin a financial year,
// or more or fewer as there is room.
type dateTicks struct {
	first calendar.Date
	every int // quarters from label to label
	years bool
}

// Ticks returns a tick for every quarter that begins between min and max.
func (t dateTicks) Ticks(low, high float64) []plot.Tick {
	every := t.every
	if every == 0 {
		every = 4
	}
	var ticks []plot.Tick
	for q := t.first.AddDays(int(math.Ceil(low))).Quarter(); ; q = q.Add(1) {
		day := float64(q.First().Sub(t.first))
		if day > high {
			return ticks
		}
		if day < low {
			continue
		}
		tick := plot.Tick{Value: day}
		// Q1 2001/02 began a financial year, so every year divides from there.
		if fromStart := q.Sub(calendar.NewQuarter(2001, 2)); ((fromStart%every)+every)%every == 0 {
			tick.Label = q.First().Time().Format("Jan 2006")
			if t.years {
				tick.Label = q.First().Time().Format("2006")
			}
		}
		ticks = append(ticks, tick)
	}
}

func (t dateTicks) fit(r room) plot.Ticker {
	const quarter = 365.25 / 4 // days
	apart := func(written string, air float64, steps ...int) dateTicks {
		need := r.style.Width(written) + vg.Length(air)*r.style.Font.Size
		for _, t.every = range steps {
			if float64(r.length)*quarter*float64(t.every)/math.Max(r.max-r.min, 1) >= float64(need) {
				break
			}
		}
		return t
	}
	const few = 2 // labels, of which a reader can tell how long the axis is
	if t = apart("May 2020", 1.2, 1, 2, 4, 8, 12, 20, 40); t.labels(r.min, r.max) < few {
		t.years = true
		t = apart("2020", 0.7, 4, 8, 12, 16, 20, 40)
	}
	return t
}

// labels is how many ticks have one.
func (t dateTicks) labels(low, high float64) (n int) {
	for _, tick := range t.Ticks(low, high) {
		if !tick.IsMinor() {
			n++
		}
	}
	return n
}

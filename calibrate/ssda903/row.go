package ssda903

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// episode is one row of an Episodes table.
type episode struct {
	row, child       int
	year             calendar.FinancialYear // of the latest return that has it
	since            calendar.FinancialYear // of the first
	start, end       calendar.Date          // end unset: open on 31 March of the return
	rne, legal       string
	place, provider  string
	ended, reason    string
	unknown, newTerm bool // see Placement.Unknown; begins a period of care
}

// header is one row of a Header table. It has row -1 where there is none.
type header struct {
	row, child int
	year       calendar.FinancialYear
	born       calendar.Date
	sex        string
}

// firstDay is the earliest day that an episode may begin: rule 353 of the published
// validation rules.
var firstDay = calendar.NewDate(1991, 10, 14)

// parse turns the text of every table into rows, and lets the text go.
func (r *reader) parse() {
	la := true
	rows := map[string]int{} // by kind, at most
	for _, t := range r.tables {
		la = la && (t.Kind == "" || t.has("LA"))
		rows[t.Kind] += strings.Count(t.text, "\n") + len(t.elements)
	}
	r.headers = make([]header, 0, rows[kindHeader])
	r.episodes = make([]episode, 0, rows[kindEpisodes])
	r.rows = make([]row, 0, rows[kindHeader]+rows[kindEpisodes])
	for i := range r.tables {
		t := &r.tables[i]
		if t.Kind == "" {
			t.text = ""
			continue
		}
		t.each(func(at position, c []string) {
			r.rows = append(r.rows, row{table: i, at: at})
			n := len(r.rows) - 1
			id := strings.ToUpper(t.cell(c, "CHILD"))
			if id == "" {
				r.reject(n, "no child", "CHILD (in XML, CHILDID) is empty")
				return
			}
			if la {
				id = t.cell(c, "LA") + "\x00" + id
			}
			child, ok := r.children[id]
			if !ok {
				child = len(r.children)
				r.children[strings.Clone(id)] = child
			}
			if t.Kind == kindHeader {
				r.header(t, n, child, c)
				return
			}
			r.episode(t, n, child, c)
		})
		t.text, t.elements = "", nil
	}
	r.joinedYears()
}

func (r *reader) header(t *table, n, child int, c []string) {
	h := header{row: n, child: child, year: t.yearOf(c)}
	var ok bool
	if h.born, ok = date(t.cell(c, "DOB")); !ok {
		r.reject(n, "date of birth", "DOB is empty or no date: write dd/mm/yyyy")
		return
	}
	if h.year != 0 && h.born.After(yearEnd(h.year)) {
		r.reject(n, "date of birth", "DOB is after the end of the return (rule 301)")
		return
	}
	if h.sex, ok = code(sexCodes, t.cell(c, "SEX")); !ok {
		r.repair(n, "unknown code", "SEX is not 1, 2, M, F or U: used without it")
	}
	r.headers = append(r.headers, h)
}

func (r *reader) episode(t *table, n, child int, c []string) {
	e := episode{row: n, child: child, year: t.yearOf(c)}
	if e.year == 0 {
		r.reject(n, "year", "the year of the return is not known: write it in the column YEAR, in the name of the file or in that of its folder, as 2023-24")
		return
	}
	e.since = e.year
	var ok bool
	if e.start, ok = date(t.cell(c, "DECOM")); !ok {
		r.reject(n, "start", "DECOM is empty or no date: write dd/mm/yyyy")
		return
	}
	if e.start.Before(firstDay) {
		r.reject(n, "start", "DECOM is before 14 October 1991 (rule 353)")
		return
	}
	if e.start.After(yearEnd(e.year)) {
		r.reject(n, "start", "DECOM is after the end of the return (rule 385)")
		return
	}
	for _, column := range []struct {
		name  string
		codes map[string]string
		to    *string
	}{
		{"RNE", startCodes, &e.rne},
		{"LS", legalCodes, &e.legal},
		{"PLACE", placeCodes, &e.place},
		{"PLACE_PROVIDER", providerCodes, &e.provider},
		{"REC", endCodes, &e.ended},
		{"REASON_PLACE_CHANGE", reasonCodes, &e.reason},
	} {
		if *column.to, ok = code(column.codes, t.cell(c, column.name)); !ok {
			r.repair(n, "unknown code", column.name+" is no code of the return: used without it")
		}
	}
	if e.place == "" && t.cell(c, "PLACE") == "" {
		r.repair(n, "unknown code", "PLACE is empty: used without it")
	}
	if shortBreaks(e.legal) {
		r.reject(n, "short break", "an agreed series of short breaks ("+e.legal+") is not a stay in care")
		return
	}
	r.end(t, &e, t.cell(c, "DEC"))
	r.episodes = append(r.episodes, e)
}

// end reads DEC together with REC. Where the day is not given but the destination is,
// the child left on some day of the year: after 31 March nothing is known.
func (r *reader) end(t *table, e *episode, text string) {
	var ok bool
	wrong := ""
	switch e.end, ok = date(text); {
	case text == "":
		if e.ended == "" {
			e.reason = "" // has no sense while an episode is open
			return
		}
		wrong = "REC is given and DEC is not (rule 148)"
	case !ok:
		wrong = "DEC is no date"
	case e.end.Before(e.start):
		wrong = "DEC is before DECOM (rule 356)"
	case e.end.After(yearEnd(e.year)):
		r.repair(e.row, "end", "DEC is after the end of the return: taken as open on 31 March")
		e.end, e.ended, e.reason = calendar.Date{}, "", ""
		return
	default:
		if e.ended == "" {
			r.repair(e.row, "end", "DEC is given and REC is not (rule 148): where the child went is not known")
		}
		return
	}
	e.end = calendar.Date{}
	if e.ended == "" || e.ended == "X1" {
		r.repair(e.row, "end", wrong+": it ends where the next episode begins, and is open if there is none")
		e.ended = ""
		return
	}
	r.repair(e.row, "end", wrong+": the day on which it ended is not known, and it is followed to 31 March")
	e.end, e.ended, e.reason, e.unknown = yearEnd(e.year).AddDays(1), "", "", true
}

// joinedYears sets the window: the years up to the last without one missing. Earlier
// years than that cannot be joined, and their rows are rejected.
func (r *reader) joinedYears() {
	held := map[calendar.FinancialYear]bool{}
	var last calendar.FinancialYear
	for _, e := range r.episodes {
		held[e.year] = true
		last = max(last, e.year)
	}
	first := last
	for held[first-1] {
		first--
	}
	r.window = Window{calendar.NewDate(int(first), 4, 1), yearEnd(last)}
	kept := r.episodes[:0]
	for _, e := range r.episodes {
		switch {
		case e.year < first:
			r.reject(e.row, "missing year", "the return of "+(first-1).String()+" is missing, so that earlier ones cannot be joined: add it")
		case !e.end.IsZero() && e.end.Before(r.window.From):
			r.reject(e.row, "ended before", "it ended before the first return that is held")
		default:
			kept = append(kept, e)
		}
	}
	r.episodes = kept
}

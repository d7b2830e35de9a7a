package ssda903

import (
	"path"
	"regexp"
	"strconv"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

var yearText = regexp.MustCompile(`(20\d\d)(?:[-_/. ]?(?:20)?(\d\d))?`)

// yearIn finds the year of a return in a text: 2023-24 and 2023/24 as written, and 2024
// alone as the year that ends in it.
func yearIn(text string) (calendar.FinancialYear, bool) {
	m := yearText.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	first, _ := strconv.Atoi(m[1]) // four digits, by the pattern
	if second, err := strconv.Atoi(m[2]); err == nil && second == (first+1)%100 {
		return calendar.FinancialYear(first), true
	}
	return calendar.FinancialYear(first - 1), true
}

// years gives each table the year of its return. Episodes end in the year of the return
// that has them, so where most of them end decides; the name of the file or its folder
// does where none ends.
func (r *reader) years() {
	beside := map[string]calendar.FinancialYear{} // by folder, or file in XML
	for i := range r.tables {
		t := &r.tables[i]
		if t.Kind == "" || t.years {
			continue
		}
		t.Year = yearOfName(t.File)
		if t.Kind != kindEpisodes {
			continue
		}
		if ended := t.yearOfEnds(); ended != 0 && ended != t.Year {
			if t.Year != 0 {
				t.Note = "the episodes end in " + ended.String() + ", which is taken, and not the year of the name"
			}
			t.Year = ended
		}
		beside[t.together()] = t.Year
	}
	for i := range r.tables {
		if t := &r.tables[i]; t.Kind == kindHeader && !t.years && (t.Year == 0 || t.isXML()) {
			t.Year = beside[t.together()]
		}
	}
}

// together names what holds the tables of one return: a file in XML, or else a folder.
func (t *table) together() string {
	if t.isXML() {
		return t.File
	}
	return path.Dir(t.File)
}

// yearOfName looks at the file first and then at its folders, the inner one first.
func yearOfName(file string) calendar.FinancialYear {
	for ; file != "." && file != "/"; file = path.Dir(file) {
		if y, ok := yearIn(path.Base(file)); ok {
			return y
		}
	}
	return 0
}

// yearOfEnds is the year in which most episodes end, the later of two alike; unless a
// half or more end in the year of the name.
func (t *table) yearOfEnds() calendar.FinancialYear {
	ends, all := map[calendar.FinancialYear]int{}, 0
	latest := calendar.Date{}
	t.each(func(_ position, c []string) {
		if d, ok := date(t.cell(c, "DEC")); ok {
			ends[d.FinancialYear()]++
			all++
		}
		if d, ok := date(t.cell(c, "DECOM")); ok && d.After(latest) {
			latest = d
		}
	})
	if all == 0 && t.Year == 0 {
		return latest.FinancialYear()
	}
	if all == 0 || 2*ends[t.Year] >= all {
		return t.Year
	}
	var most calendar.FinancialYear
	for y, n := range ends {
		if n > ends[most] || n == ends[most] && y > most {
			most = y
		}
	}
	return most
}

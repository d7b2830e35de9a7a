// Package ssda903 reads the yearly returns on looked-after children that councils in
// England make (SSDA903), and gives the placements of each child without gaps,
// overlaps or anything that names a child.
//
//	care, err := ssda903.Read(os.DirFS("returns"))
//	stays := care.Stays(ssda903.DefaultStates())
//
// # What is read
//
// A return runs from 1 April to 31 March. Of its tables Header (date of birth, sex) and
// Episodes are read, known by their columns, which may be in any order. Dates are
// dd/mm/yyyy, dd/mm/yy or yyyy-mm-dd; text is UTF-8 or UTF-16; codes may be in small
// letters; copies with columns LA and YEAR may hold several returns. A return is of the
// year in its column YEAR, else that in which its episodes end, else that of the name of
// the file or its folder: 2023-24, or 2024 alone.
//
// The XML form of a return is read too: an element CHILD for each child, with elements
// HEADER (CHILDID, SEX, DOB) and EPISODE (PL in place of PLACE).
//
// An episode is in every return of a year in which it was open. Earlier ones are not
// repeated, so only long histories reach back before the first return: see
// [Placement.LeftTruncated].
//
// # What is repaired
//
// Every repair and every row that is not used is in the [Log], by file and line (in XML,
// by line and column):
//
//	duplicate, restated   of rows for one stay, the latest return's last stands
//	open, stale           an open episode of an older return ends where the next begins,
//	                      or is followed to 31 March and no further
//	overlap, gap          it ends where the next begins
//	touching              a period of care goes on where no day is between
//	same day              an episode without a night is not used
//	start, end            a date is missing or cannot be
//	start of period, no next episode   codes say that there is another one, and there is none
//	temporary             part of the placement before it
//	short break           V3 and V4 are not stays in care
//	adult                 begins at 18 or over
//	unknown code, date of birth, no header, no episode, no child, year, missing year, ended before
//
// Numbers of rules in the texts are those of the published validation rules. Where the
// day or the manner of an end is not known, nothing is invented: see [Placement.Unknown].
//
// Sources, all public: Department for Education, children looked-after return
// (SSDA903), guide and technical specification; the validation rules of the quality
// LAC data project (csc-validator-be-903) and the repairs of open episodes and schemas
// of the London Innovation and Improvement Alliance (LIIA), 2017 to 2026.
//
//	read.go, text.go, table.go, xml.go, year.go, row.go, date.go, codes.go   files to rows
//	join.go        the rows of a child, of all returns, in one line
//	placement.go   what is one placement
//	states.go      what the codes mean
//	log.go         what became of every row
package ssda903

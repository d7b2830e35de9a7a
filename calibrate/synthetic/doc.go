// Package synthetic makes up yearly returns on looked-after children (SSDA903) of which
// the truth is known: for tests, training and trying out. No child in them exists, and
// nothing in them is evidence.
//
//	truth, err := synthetic.Write(synthetic.Settings{Children: 300, Years: 5, Seed: 1}, sink)
//
// A sink takes the name and the text of each file. Every name begins with "synthetic",
// every child's with "SYN", and a README among the files says what they are.
//
// Children move at stated rates, the same at every age and after any time, and leave
// care at 18. Returns have what real ones have: changes of legal status and of carer,
// temporary placements, agreed short breaks, histories that began before the first
// return. Faults of the kinds that real returns have can be planted, and the truth says
// where. The same settings give the same bytes; faults change no child's life.
//
//	settings.go  what can be asked for
//	life.go      the life of one child
//	returns.go   the rows of each return
//	files.go     their files, in CSV or XML
//	faults.go    what can be planted
package synthetic

[playlist]
NumberOfEntries=2
File1=http://fm.example:8000/
Title1=Campus FM
Length1=-1
File2=udp://@239.20.0.3:1234
Title2=Hall 3
Length2=-1
Version=2

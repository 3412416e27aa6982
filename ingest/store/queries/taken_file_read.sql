-- How far a file of a source was taken in.
select done, accepted, refused, refusals_size, finished
  from taken_file
 where digest = %(digest)s and source = %(source)s;
